using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Tests.Model;

/// <summary>
/// What a mailbox is, without storage, pages, batches or concurrency: every message it ever committed, in order, and one
/// lease. The grain must answer as this does (design.md 4, 7).
/// </summary>
public sealed class MailboxModel(ModelLimits limits)
{
    private readonly List<ModelEntry> _entries = [];
    private long _lastSequence;
    private long _leases;
    private ModelLease? _lease;

    /// <summary>Every message that was committed, the ended ones too.</summary>
    public IReadOnlyList<ModelEntry> Entries => _entries;

    public ModelLease? Lease => _lease;

    public DepositOutcome Deposit(string key, int size, DateTimeOffset expiresAt, DateTimeOffset now)
    {
        if (_entries.Find(e => e.Key == key) is { } known)
        {
            return known.IsLive && !IsDue(known, now) ? DepositOutcome.AlreadyStored : DepositOutcome.AlreadyHandled;
        }

        if (!Fits(size))
        {
            Expire(now);
        }

        if (!Fits(size))
        {
            return DepositOutcome.MailboxFull;
        }

        _entries.Add(new ModelEntry
        {
            Key = key,
            Sequence = ++_lastSequence,
            Size = size,
            ReceivedAt = now,
            ExpiresAt = expiresAt,
        });
        return DepositOutcome.Stored;
    }

    /// <summary>What is listed: everything that neither ended nor is due.</summary>
    public IReadOnlyList<ModelEntry> List(DateTimeOffset now) => [.. _entries.Where(e => e.IsLive && !IsDue(e, now))];

    public (DeliveryOutcome Outcome, ModelLease? Lease) Begin(
        DeliveryKind kind, string session, bool includeDelivered, IReadOnlyList<string>? list, DateTimeOffset now)
    {
        if (_lease is { } held && held.SessionId == session)
        {
            Renew(held, now, force: false);
            return (DeliveryOutcome.Granted, held);
        }

        var lease = new ModelLease
        {
            Token = ((_leases + 1) << 1) | (kind == DeliveryKind.Push ? 1L : 0L),
            SessionId = session,
            Kind = kind,
            IncludeDelivered = includeDelivered,
            List = list,
            StartedAt = now,
            SnapshotEnd = kind == DeliveryKind.Push ? long.MaxValue : _lastSequence,
            EndsAt = now + limits.Lease,
        };
        lease.Count = _entries.Count(lease.Selects);

        // A push meets a live delivery before it may ask what is waiting.
        if (kind == DeliveryKind.Push && _lease is { } live && live.EndsAt > now)
        {
            return (DeliveryOutcome.Busy, null);
        }

        if (lease.Count == 0)
        {
            return (DeliveryOutcome.NothingWaiting, null);
        }

        _leases++;
        _lease = lease;
        return (DeliveryOutcome.Granted, lease);
    }

    /// <summary>All that a delivery brings from here on, in the order it brings it.</summary>
    public IReadOnlyList<ModelEntry> Remaining(long token, DateTimeOffset now)
    {
        if (_lease is not { } lease || lease.Token != token)
        {
            return [];
        }

        var selected = _entries.Where(e => lease.Selects(e) && !IsDue(e, now)).ToList();
        if (lease.List is { } list)
        {
            return [.. list.Distinct().SelectMany(key => selected.Where(e => e.Key == key))];
        }

        var failed = selected.Where(e => e.GoesLast && e.FaultToken < token).ToList();
        return [.. selected.Where(e => !e.GoesLast), .. failed.Where(e => !e.Parked), .. failed.Where(e => e.Parked)];
    }

    public DeliveryOutcome Confirm(
        long token, IReadOnlyCollection<(string Key, SendOutcome Outcome)> outcomes, DateTimeOffset now)
    {
        foreach (var (key, outcome) in outcomes)
        {
            if (_entries.Find(e => e.Key == key) is { IsLive: true } entry && token <= (_leases << 1 | 1))
            {
                Settle(entry, token, outcome);
            }
        }

        if (_lease is not { } lease || lease.Token != token)
        {
            return DeliveryOutcome.Superseded;
        }

        Renew(lease, now, force: outcomes.Count > 0);
        return DeliveryOutcome.Granted;
    }

    public (DeliveryOutcome Outcome, bool MoreWaiting) End(long token, long afterSequence, DateTimeOffset now)
    {
        if (_lease is not { } lease || lease.Token != token)
        {
            return (DeliveryOutcome.Superseded, false);
        }

        _lease = null;
        var brought = lease.Kind == DeliveryKind.Push ? afterSequence : lease.SnapshotEnd;
        brought = brought >= 1L << 62 && lease.Kind == DeliveryKind.Push ? 0 : brought;
        return (DeliveryOutcome.Granted, _entries.Exists(
            e => e.IsLive && !e.Parked && !e.Delivered && e.ExpiresAt > now
                && (lease.List is { } list ? !list.Contains(e.Key) : e.Sequence > brought)));
    }

    /// <summary>Ends what is due and not pinned.</summary>
    public void Expire(DateTimeOffset now)
    {
        foreach (var entry in _entries.Where(e => e.IsLive && IsDue(e, now)))
        {
            entry.Ended = entry.Delivered ? TerminalOutcome.Delivered : TerminalOutcome.Expired;
        }
    }

    /// <summary>A renewal that carries nothing is written only when less than half of the lease is left.</summary>
    private void Renew(ModelLease lease, DateTimeOffset now, bool force)
    {
        if (force || lease.EndsAt - now < limits.Lease / 2)
        {
            lease.StartedAt = lease.EndsAt > now ? lease.StartedAt : now;
            lease.EndsAt = now + limits.Lease;
        }
    }

    private void Settle(ModelEntry entry, long token, SendOutcome outcome)
    {
        if (outcome == SendOutcome.Delivered)
        {
            Deliver(entry, token);
            return;
        }

        if (token <= entry.DeliveredToken || token <= entry.FaultToken)
        {
            return;
        }

        entry.FaultToken = token;
        var fails = outcome == SendOutcome.Rejected || ++entry.InDoubt >= limits.InDoubtLimit;
        if (entry.GoesLast)
        {
            entry.Parked = true;
        }

        entry.GoesLast |= fails;
    }

    private static void Deliver(ModelEntry entry, long token)
    {
        if ((token & 1) != 0)
        {
            entry.Ended = TerminalOutcome.Delivered;
            return;
        }

        if (token <= entry.DeliveredToken)
        {
            return;
        }

        entry.DeliveredToken = token;
        entry.Generation++;
        entry.InDoubt = 0;
        entry.GoesLast = false;
        entry.Parked = false;
    }

    private bool Fits(int size)
    {
        var live = _entries.Where(e => e.IsLive).ToList();
        return live.Count < limits.MaxMessages && live.Sum(e => (long)e.Size) + size <= limits.MaxOctets;
    }

    private bool IsDue(ModelEntry entry, DateTimeOffset now) =>
        entry.ExpiresAt <= now && !(_lease is { } lease && lease.EndsAt > now && lease.Selects(entry));
}
