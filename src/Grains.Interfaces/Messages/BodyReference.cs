using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>A body that is too large for its message's record: where the body store has it.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.BodyReference")]
public sealed record BodyReference
{
    /// <summary>No body in the store.</summary>
    public static BodyReference None { get; } = new();

    /// <summary>The name in the body store, <c>mailbox/message/upload</c>; empty when the body is inline.</summary>
    [Id(0)]
    public string Name { get; init; } = string.Empty;

    /// <summary>Octets of the body.</summary>
    [Id(1)]
    public long Length { get; init; }

    /// <summary>Whether there is no body in the store.</summary>
    public bool IsNone => Name.Length == 0;
}
