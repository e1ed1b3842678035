using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>What became of one message that was sent.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.MessageOutcome")]
public sealed record MessageOutcome
{
    /// <summary>The commit sequence it was given with.</summary>
    [Id(0)]
    public long Sequence { get; init; }

    /// <summary>The message key.</summary>
    [Id(1)]
    public string MessageKey { get; init; } = string.Empty;

    /// <summary>What happened.</summary>
    [Id(2)]
    public SendOutcome Outcome { get; init; }

    /// <summary>The MSRP status for <see cref="SendOutcome.Rejected"/> (413, 415 …), else 0.</summary>
    [Id(3)]
    public int Status { get; init; }
}
