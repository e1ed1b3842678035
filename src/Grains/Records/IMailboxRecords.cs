using Orleans.Runtime;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Records;

/// <summary>The records of mailboxes, with outcomes in place of exceptions. The owner is the mailbox grain.</summary>
internal interface IMailboxRecords
{
    /// <summary>Reads the head record.</summary>
    ValueTask<RecordRead<MailboxHead>> ReadHeadAsync(GrainId owner);

    /// <summary>Writes the head record over the version <paramref name="etag"/>; null creates it.</summary>
    ValueTask<RecordWrite> WriteHeadAsync(GrainId owner, MailboxHead head, string? etag);

    /// <summary>Reads an index page.</summary>
    ValueTask<RecordRead<IndexPage>> ReadPageAsync(GrainId owner, ulong pageId);

    /// <summary>Creates an index page.</summary>
    ValueTask<RecordWrite> CreatePageAsync(GrainId owner, ulong pageId, IndexPage page);

    /// <summary>Empties a page that no head names any more; it reads as absent then. Best effort: what stays is garbage.</summary>
    ValueTask RetirePageAsync(GrainId owner, PageVersion page);
}
