namespace PosteRestante.Storage.Engine;

/// <summary>
/// Lays the writes of a batch out as one block of the journal: the format's number, then per write its kind,
/// its row less the record's id, and name and value with their lengths before them. Rows are consecutive, so
/// only the block's first is stored, by the journal. The buffer is kept from batch to batch.
/// </summary>
internal sealed class BlockWriter
{
    /// <summary>Version of the block's format.</summary>
    public const byte Format = 1;

    private const int MaxVarint = 10;
    private byte[] _buffer = new byte[64 * 1024];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Block => _buffer.AsSpan(0, Length);

    public void Reset()
    {
        _buffer[0] = Format;
        Length = 1;
    }

    public void Add(WriteKind kind, in RecordKey key, long id, long row, ReadOnlySpan<byte> value)
    {
        Reserve(1 + (3 * MaxVarint) + key.Name.Length + value.Length);
        _buffer[Length++] = (byte)kind;
        AddVarint((ulong)(row - id));
        AddOctets(key.Name);
        AddOctets(value);
    }

    private void AddOctets(ReadOnlySpan<byte> octets)
    {
        AddVarint((ulong)octets.Length);
        octets.CopyTo(_buffer.AsSpan(Length));
        Length += octets.Length;
    }

    private void AddVarint(ulong value)
    {
        while (value >= 0x80)
        {
            _buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[Length++] = (byte)value;
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - Length < count)
        {
            Array.Resize(ref _buffer, (int)uint.Min((uint)Array.MaxLength, uint.Max((uint)_buffer.Length * 2, (uint)(Length + count))));
        }
    }
}
