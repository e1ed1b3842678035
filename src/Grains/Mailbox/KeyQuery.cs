using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Looks for one message in the pages that cover its receipt.</summary>
internal sealed class KeyQuery(PackedKey key, long receivedAt) : IndexQuery
{
    /// <summary>The entry as its page has it.</summary>
    public Entry? Found { get; private set; }

    /// <inheritdoc/>
    public override bool MayHold(in PageSummary page) => page.CoversReceipt(receivedAt);

    /// <inheritdoc/>
    public override bool Visit(in Entry entry, bool paged)
    {
        if (entry.Key != key)
        {
            return true;
        }

        Found = entry;
        return false;
    }
}
