using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.Grains.Tests.Model;

/// <summary>The delivery lease of a model mailbox.</summary>
public sealed class ModelLease
{
    public required long Token { get; init; }

    public required string SessionId { get; init; }

    public required DeliveryKind Kind { get; init; }

    public required bool IncludeDelivered { get; init; }

    /// <summary>The keys of a delivery by list; null when all are brought.</summary>
    public IReadOnlyList<string>? List { get; init; }

    public required DateTimeOffset StartedAt { get; set; }

    public required long SnapshotEnd { get; init; }

    public int Count { get; set; }

    public DateTimeOffset EndsAt { get; set; }

    public bool Selects(ModelEntry entry) =>
        entry.IsLive && !(entry.Parked && Kind == DeliveryKind.Push) && entry.Sequence <= SnapshotEnd && entry.ExpiresAt > StartedAt
        && (IncludeDelivered || !entry.Delivered) && List?.Contains(entry.Key) != false;
}
