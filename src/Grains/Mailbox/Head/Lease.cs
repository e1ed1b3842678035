using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>The right to deliver, and what is delivered. Times are UTC ticks.</summary>
internal sealed record Lease
{
    private const long PushBit = 1;

    /// <summary>The fencing token; the last bit says push.</summary>
    public long Token { get; init; }

    /// <summary>The edge's id of the delivery.</summary>
    public string SessionId { get; init; } = string.Empty;

    /// <summary>Whether delivered messages are brought again.</summary>
    public bool IncludeDelivered { get; init; }

    /// <summary>When it was taken; what had expired by then is not delivered.</summary>
    public long StartedAt { get; init; }

    /// <summary>When it ends unless renewed.</summary>
    public long EndsAt { get; init; }

    /// <summary>The last sequence it brings; <see cref="long.MaxValue"/> for a push, which appends what arrives.</summary>
    public long SnapshotEnd { get; init; }

    /// <summary>How many messages the snapshot held when it was taken.</summary>
    public int Count { get; init; }

    /// <summary>The messages of a delivery by list; null when it brings all of the snapshot.</summary>
    public Selection? Selection { get; init; }

    /// <summary>Pull or push.</summary>
    public DeliveryKind Kind => KindOf(Token);

    /// <summary>The kind of the delivery that had a token, also when its lease is long gone.</summary>
    public static DeliveryKind KindOf(long token) =>
        (token & PushBit) == 0 ? DeliveryKind.Pull : DeliveryKind.Push;

    /// <summary>The first token of this kind that is higher than all before.</summary>
    public static long NextToken(long last, DeliveryKind kind) =>
        ((last | PushBit) + 1) | (kind == DeliveryKind.Push ? PushBit : 0);

    /// <summary>Whether the delivery brings an entry, expiry during the lease apart.</summary>
    public bool Selects(in Entry entry) =>
        entry.Sequence <= SnapshotEnd
        && entry.ExpiresAt > StartedAt
        && !entry.State.Has(Excluded(Kind, IncludeDelivered))
        && Selection?.Contains(entry.Sequence) != false;

    /// <summary>What a delivery leaves out: parked messages are kept from push, never from their owner's own call (D11).</summary>
    public static EntryFlags Excluded(DeliveryKind kind, bool includeDelivered) =>
        (kind == DeliveryKind.Push ? EntryFlags.Parked : EntryFlags.None)
        | (includeDelivered ? EntryFlags.None : EntryFlags.Delivered);

    /// <summary>Whether deletion and expiry of an entry wait for the end of this lease.</summary>
    public bool Pins(in Entry entry, long now) => EndsAt > now && Selects(entry);
}
