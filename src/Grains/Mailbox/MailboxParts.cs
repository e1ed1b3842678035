using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>What the procedures of one activation of a mailbox work with.</summary>
internal sealed class MailboxParts(string mailbox, GrainId owner, MailboxContext context, Func<string, IDeferredMessage> messages)
{
    /// <summary>The mailbox key.</summary>
    public string Mailbox => mailbox;

    /// <summary>The grain that its records belong to.</summary>
    public GrainId Owner => owner;

    /// <summary>What all mailboxes share.</summary>
    public MailboxContext Context => context;

    /// <summary>Limits and habits.</summary>
    public MailboxOptions Options => context.Options;

    /// <summary>The head and its writes.</summary>
    public HeadWriter Writer { get; } = new(context, owner);

    /// <summary>The pages.</summary>
    public IndexReader Index => new(context.Records, owner);

    /// <summary>The time in UTC ticks.</summary>
    public long Now => context.Clock.GetUtcNow().UtcTicks;

    /// <summary>The messages.</summary>
    public MessageCalls Messages { get; } = new(messages);
}
