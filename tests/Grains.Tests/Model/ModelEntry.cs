using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Tests.Model;

/// <summary>One message of a model mailbox, from its commit on.</summary>
public sealed class ModelEntry
{
    public required string Key { get; init; }

    public required long Sequence { get; init; }

    public required int Size { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public int Generation { get; set; }

    public int InDoubt { get; set; }

    public bool GoesLast { get; set; }

    public bool Parked { get; set; }

    public long DeliveredToken { get; set; }

    public long FaultToken { get; set; }

    public TerminalOutcome Ended { get; set; }

    public bool Delivered => Generation > 0;

    public bool IsLive => Ended == TerminalOutcome.None;
}
