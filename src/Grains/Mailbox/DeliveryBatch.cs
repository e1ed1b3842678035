using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox;

/// <summary>The entries of one page of a delivery, and where the delivery goes on after each.</summary>
/// <param name="start">The cursor that was asked for.</param>
internal sealed class DeliveryBatch(long start)
{
    private readonly List<long> _cursors = [];

    /// <summary>How the walk through the index ended.</summary>
    public WalkOutcome Walk { get; set; }

    /// <summary>The entries in the order they are brought.</summary>
    public List<Entry> Entries { get; } = [];

    /// <summary>How many entries.</summary>
    public int Count => Entries.Count;

    /// <summary>Where the next page starts.</summary>
    public long Next { get; private set; } = start;

    /// <summary>Whether nothing comes after.</summary>
    public bool IsLast { get; set; }

    /// <summary>Where a page starts that follows an entry.</summary>
    public long CursorAfter(int index) => _cursors[index];

    /// <summary>Adds an entry.</summary>
    public void Add(in Entry entry, long cursor)
    {
        Entries.Add(entry);
        _cursors.Add(cursor);
        Next = cursor;
    }

    /// <summary>Adds what was found of a stretch of a list, as far as it fits; at least one entry.</summary>
    public void Add(ListedQuery found, ReadOnlySpan<long> places, long maxOctets)
    {
        var octets = 0L;
        foreach (var sequence in places)
        {
            if (!found.TryGet(sequence, out var entry))
            {
                Next++;
                continue;
            }

            octets += entry.Size;
            if (Count > 0 && octets > maxOctets)
            {
                return;
            }

            Add(entry, Next + 1);
        }
    }
}
