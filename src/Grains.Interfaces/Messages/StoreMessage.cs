using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>Asks a message grain to write its record.</summary>
[GenerateSerializer]
[Immutable]
[Alias("poste.StoreMessage")]
public sealed record StoreMessage
{
    /// <summary>The mailbox it belongs to (a <c>MailboxKey</c>).</summary>
    [Id(0)]
    public string Mailbox { get; init; } = string.Empty;

    /// <summary>The message.</summary>
    [Id(1)]
    public DeferredContent Content { get; init; } = DeferredContent.Empty;
}
