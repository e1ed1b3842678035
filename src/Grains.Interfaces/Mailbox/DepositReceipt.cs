using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>What became of a deposit.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.DepositReceipt")]
public sealed record DepositReceipt
{
    /// <summary>The outcome; 2xx only where the message is durable.</summary>
    [Id(0)]
    public DepositOutcome Outcome { get; init; }

    /// <summary>
    /// The message key (the user part of the Message-ID, D16); of a message that is not known, the key that it would get. Empty
    /// when it was refused.
    /// </summary>
    [Id(1)]
    public string MessageKey { get; init; } = string.Empty;
}
