using System.Text;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>
/// One message in the index of a mailbox: what listing, delivery and expiry need to know of it. A view into the octets of
/// an <see cref="EntryBlock"/>; made when read, never kept.
/// </summary>
internal record struct Entry
{
    /// <summary>The message key.</summary>
    public PackedKey Key { get; set; }

    /// <summary>Its place in the commit order; 1 is the first of the mailbox.</summary>
    public long Sequence { get; set; }

    /// <summary>When the service received it, in UTC ticks.</summary>
    public long ReceivedAt { get; set; }

    /// <summary>When it expires, in UTC ticks.</summary>
    public long ExpiresAt { get; set; }

    /// <summary>Octets of the whole message.</summary>
    public long Size { get; set; }

    /// <summary>What deliveries made of it.</summary>
    public EntryState State { get; set; }

    /// <summary>The sender's URI in UTF-8.</summary>
    public ReadOnlyMemory<byte> From { get; set; }

    /// <summary>The subject in UTF-8.</summary>
    public ReadOnlyMemory<byte> Subject { get; set; }

    /// <summary>The entry as a list shows it.</summary>
    public readonly ListedMessage ToListedMessage() => new()
    {
        MessageKey = Key.ToMessageKey().Value,
        Sequence = Sequence,
        ReceivedAt = new DateTimeOffset(ReceivedAt, TimeSpan.Zero),
        ExpiresAt = new DateTimeOffset(ExpiresAt, TimeSpan.Zero),
        Size = Size,
        Mode = State.Has(EntryFlags.Large) ? MessageMode.Large : MessageMode.Pager,
        From = Encoding.UTF8.GetString(From.Span),
        Subject = Encoding.UTF8.GetString(Subject.Span),
        Delivered = State.Has(EntryFlags.Delivered),
    };
}
