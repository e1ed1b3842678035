namespace PosteRestante.SipEdge.Registration;

/// <summary>The bindings of every user, in memory only: after a restart clients register again. On the loop.</summary>
internal sealed class Bindings
{
    private readonly Dictionary<string, List<Binding>> _users = new(StringComparer.Ordinal);

    /// <summary>How many there are, those counted that have expired and were not looked at since.</summary>
    public int Count { get; private set; }

    /// <summary>The bindings of a user that stand, the most wanted first; of equal ones the newest.</summary>
    public IReadOnlyList<Binding> Of(string aor, DateTimeOffset now)
    {
        if (!_users.TryGetValue(aor, out var bindings))
        {
            return [];
        }

        Put(aor, bindings.FindAll(binding => binding.ExpiresAt > now));
        return [.. bindings.Where(binding => binding.ExpiresAt > now).OrderByDescending(static binding => binding.Priority).ThenByDescending(static binding => binding.ExpiresAt)];
    }

    /// <summary>Puts others in the place of a user's bindings.</summary>
    public void Put(string aor, List<Binding> bindings)
    {
        Count += bindings.Count - (_users.TryGetValue(aor, out var before) ? before.Count : 0);
        if (bindings.Count == 0)
        {
            _users.Remove(aor);
        }
        else
        {
            _users[aor] = bindings;
        }
    }

    /// <summary>Forgets all that have expired.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var (aor, bindings) in _users.ToArray())
        {
            Put(aor, bindings.FindAll(binding => binding.ExpiresAt > now));
        }
    }
}
