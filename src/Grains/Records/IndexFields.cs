using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Messages;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Records;

/// <summary>The fields that heads and pages have in common.</summary>
internal static class IndexFields
{
    /// <summary>Writes what deliveries made of an entry.</summary>
    public static void WriteState(ref RecordWriter writer, in EntryState state)
    {
        writer.WriteByte((byte)state.Flags);
        writer.WriteInt32(state.InDoubt);
        writer.WriteInt32(state.Generation);
        writer.WriteInt64(state.DeliveredToken);
        writer.WriteInt64(state.FaultToken);
        writer.WriteInt64(state.DeliveredAt);
    }

    /// <summary>Reads what <see cref="WriteState"/> wrote.</summary>
    public static EntryState ReadState(ref RecordReader reader) => new()
    {
        Flags = (EntryFlags)reader.ReadByte(),
        InDoubt = reader.ReadInt32(),
        Generation = reader.ReadInt32(),
        DeliveredToken = reader.ReadInt64(),
        FaultToken = reader.ReadInt64(),
        DeliveredAt = reader.ReadInt64(),
    };

    /// <summary>Writes a message key.</summary>
    public static void WriteKey(ref RecordWriter writer, in PackedKey key)
    {
        writer.WriteFixed64((ulong)(key.High >> 64));
        writer.WriteFixed64((ulong)key.High);
        writer.WriteByte(key.Low);
    }

    /// <summary>Reads a message key.</summary>
    public static PackedKey ReadKey(ref RecordReader reader) =>
        new(new UInt128(reader.ReadFixed64(), reader.ReadFixed64()), reader.ReadByte());

    /// <summary>Writes a run of entries.</summary>
    public static void WriteEntries(ref RecordWriter writer, EntryBlock entries)
    {
        writer.WriteCount(entries.Count);
        writer.WriteOctets(entries.Octets);
    }

    /// <summary>Reads a run of entries.</summary>
    public static EntryBlock ReadEntries(ref RecordReader reader)
    {
        var count = reader.ReadCount();
        var offset = reader.Offset;
        try
        {
            return new EntryBlock(reader.ReadOctets().ToArray(), count);
        }
        catch (Exception damage) when (damage is FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new RecordFormatException(RecordFormatError.OutOfRange, offset);
        }
    }

    /// <summary>Writes the summary of a page.</summary>
    public static void WriteSummary(ref RecordWriter writer, in PageSummary page)
    {
        writer.WriteFixed64(page.PageId);
        writer.WriteInt32(page.Tally.Count);
        writer.WriteInt64(page.Tally.Octets);
        writer.WriteInt32(page.Tally.Undelivered);
        writer.WriteInt32(page.Tally.GoLast);
        writer.WriteInt32(page.Tally.Parked);
        writer.WriteInt64(page.FirstSequence);
        writer.WriteInt64(page.LastSequence - page.FirstSequence);
        writer.WriteInt64(page.EarliestReceipt);
        writer.WriteInt64(page.LatestReceipt - page.EarliestReceipt);
        writer.WriteInt64(page.EarliestExpiry - page.EarliestReceipt);
    }

    /// <summary>Reads the summary of a page.</summary>
    public static PageSummary ReadSummary(ref RecordReader reader)
    {
        var page = new PageSummary
        {
            PageId = reader.ReadFixed64(),
            Tally = new Tally
            {
                Count = reader.ReadInt32(),
                Octets = reader.ReadInt64(),
                Undelivered = reader.ReadInt32(),
                GoLast = reader.ReadInt32(),
                Parked = reader.ReadInt32(),
            },
            FirstSequence = reader.ReadInt64(),
            LastSequence = reader.ReadInt64(),
            EarliestReceipt = reader.ReadInt64(),
            LatestReceipt = reader.ReadInt64(),
            EarliestExpiry = reader.ReadInt64(),
        };
        return page with
        {
            LastSequence = page.FirstSequence + page.LastSequence,
            LatestReceipt = page.EarliestReceipt + page.LatestReceipt,
            EarliestExpiry = page.EarliestReceipt + page.EarliestExpiry,
        };
    }

    /// <summary>Writes summaries with their number.</summary>
    public static void WriteSummaries(ref RecordWriter writer, PageSummary[] pages)
    {
        writer.WriteCount(pages.Length);
        foreach (ref readonly var page in pages.AsSpan())
        {
            WriteSummary(ref writer, page);
        }
    }

    /// <summary>Reads summaries.</summary>
    public static PageSummary[] ReadSummaries(ref RecordReader reader)
    {
        var pages = new PageSummary[reader.ReadCount()];
        for (var i = 0; i < pages.Length; i++)
        {
            pages[i] = ReadSummary(ref reader);
        }

        return pages;
    }
}
