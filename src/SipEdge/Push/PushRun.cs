using PosteRestante.SipEdge.Accounts;

namespace PosteRestante.SipEdge.Push;

/// <summary>The push of one mailbox, from the PUBLISH that started it until nothing is left to do. On the loop.</summary>
internal sealed class PushRun
{
    private Queue<PushTarget> _further = [];

    /// <summary>Begins with the first way.</summary>
    public PushRun(Account owner, IReadOnlyList<PushTarget> ways)
    {
        Owner = owner;
        Way = ways[0];
        Hear(ways);
    }

    /// <summary>Whose messages.</summary>
    public Account Owner { get; }

    /// <summary>Where its INVITE goes.</summary>
    public PushTarget Way { get; private set; }

    /// <summary>The ways that are known now; what is left of those before is forgotten. They are tried when the present one leads nowhere.</summary>
    public void Hear(IReadOnlyList<PushTarget> ways) => _further = new Queue<PushTarget>(ways.Where(way => way != Way));

    /// <summary>Goes another way, if there is one.</summary>
    public bool TryNextWay()
    {
        if (!_further.TryDequeue(out var next))
        {
            return false;
        }

        Way = next;
        return true;
    }
}
