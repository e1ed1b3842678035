using System.Text;

namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>
/// Entries in commit order as one run of octets: no object, string or array per entry. Whoever publishes a block changes it
/// no more; a change goes to a copy. A copy shares the octets and appends behind what older ones see, so of all copies only
/// the newest may be appended to: the draft of the one writer.
/// </summary>
internal sealed class EntryBlock
{
    private const int SmallestBuffer = 256;
    private byte[] _octets;

    /// <summary>A block with no entries.</summary>
    public EntryBlock() => _octets = [];

    /// <summary>The block that <paramref name="octets"/> hold.</summary>
    /// <exception cref="FormatException">They do not hold <paramref name="count"/> entries.</exception>
    public EntryBlock(byte[] octets, int count)
    {
        _octets = octets;
        Length = octets.Length;
        foreach (var entry in this)
        {
            Note(entry);
        }

        if (Count != count)
        {
            throw new FormatException("A mailbox record holds another number of entries than it says.");
        }
    }

    private EntryBlock(EntryBlock other)
    {
        _octets = other._octets;
        Length = other.Length;
        Tally = other.Tally;
        FirstSequence = other.FirstSequence;
        LastSequence = other.LastSequence;
        EarliestExpiry = other.EarliestExpiry;
    }

    /// <summary>The encoded entries.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, Length);

    /// <summary>Octets they take.</summary>
    public int Length { get; private set; }

    /// <summary>Entries.</summary>
    public int Count => Tally.Count;

    /// <summary>Counts over them.</summary>
    public Tally Tally { get; private set; }

    /// <summary>Sequence of the first; 0 when there is none.</summary>
    public long FirstSequence { get; private set; }

    /// <summary>Sequence of the last; 0 when there is none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>The earliest expiry in UTC ticks; <see cref="long.MaxValue"/> when there is none.</summary>
    public long EarliestExpiry { get; private set; } = long.MaxValue;

    /// <summary>A copy to append to.</summary>
    public EntryBlock Copy() => new(this);

    /// <summary>Adds an entry at the end.</summary>
    public void Append(in Entry entry)
    {
        Reserve(EntryCodec.MaxOctets(entry.From.Length, entry.Subject.Length));
        Length += EntryCodec.Write(_octets.AsSpan(Length), entry);
        Note(entry);
    }

    /// <summary>Adds an entry whose texts are still strings.</summary>
    public void Append(in Entry entry, string from, string subject)
    {
        Reserve(EntryCodec.MaxOctets(Encoding.UTF8.GetByteCount(from), Encoding.UTF8.GetByteCount(subject)));
        Length += EntryCodec.Write(_octets.AsSpan(Length), entry, from, subject);
        Note(entry);
    }

    /// <summary>Enumerates the entries in commit order.</summary>
    public Enumerator GetEnumerator() => new(_octets, Length);

    private void Reserve(int octets)
    {
        if (_octets.Length - Length < octets)
        {
            var larger = new byte[Math.Max(SmallestBuffer, Math.Max(Length + octets, _octets.Length * 3 / 2))];
            Octets.CopyTo(larger);
            _octets = larger;
        }
    }

    private void Note(in Entry entry)
    {
        FirstSequence = Count == 0 ? entry.Sequence : FirstSequence;
        LastSequence = entry.Sequence;
        EarliestExpiry = Math.Min(EarliestExpiry, entry.ExpiresAt);
        Tally += Tally.Of(entry.State.Flags, entry.Size);
    }

    /// <summary>Walks the octets.</summary>
    internal struct Enumerator(byte[] octets, int length)
    {
        private int _next;

        /// <summary>The entry it stands on.</summary>
        public Entry Current { get; private set; }

        /// <summary>Moves on.</summary>
        public bool MoveNext()
        {
            if (_next >= length)
            {
                return false;
            }

            Current = EntryCodec.Read(octets, _next, length, out _next);
            return true;
        }
    }
}
