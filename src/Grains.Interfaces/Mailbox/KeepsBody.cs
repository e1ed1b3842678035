using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Asks whether a body in the body store is still wanted.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.KeepsBody")]
public sealed record KeepsBody
{
    /// <summary>The message it belongs to, by its name.</summary>
    [Id(0)]
    public string MessageKey { get; init; } = string.Empty;

    /// <summary>Its name.</summary>
    [Id(1)]
    public string BodyName { get; init; } = string.Empty;
}
