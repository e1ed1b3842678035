namespace PosteRestante.Grains.Mailbox;

/// <summary>What a <see cref="UserMailbox"/> is made with. Opaque outside the grains.</summary>
public sealed class MailboxServices
{
    internal MailboxServices(MailboxContext context) => Context = context;

    internal MailboxContext Context { get; }
}
