namespace PosteRestante.Storage.Engine;

/// <summary>Reads a block that <see cref="BlockWriter"/> made, write by write.</summary>
internal ref struct BlockReader
{
    private readonly ReadOnlySpan<byte> _block;
    private int _offset;
    private long _nextRow;

    public BlockReader(long firstRow, ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty || block[0] != BlockWriter.Format)
        {
            throw Damaged(firstRow, 0);
        }

        _block = block;
        _offset = 1;
        _nextRow = firstRow;
    }

    /// <summary>Row of the current write.</summary>
    public long Row { get; private set; }

    public WriteKind Kind { get; private set; }

    /// <summary>Id of the record that the current write makes, replaces or removes.</summary>
    public long Id { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Moves to the next write; false at the end of the block.</summary>
    public bool Next()
    {
        if (_offset == _block.Length)
        {
            return false;
        }

        Row = _nextRow++;
        Kind = (WriteKind)_block[_offset++];
        if (Kind is not (WriteKind.Put or WriteKind.Clear))
        {
            throw Damaged(Row, _offset - 1);
        }

        Id = Row - (long)Varint();
        Name = Octets();
        Value = Octets();
        return true;
    }

    private ReadOnlySpan<byte> Octets()
    {
        ulong length = Varint();
        if (length > (ulong)(_block.Length - _offset))
        {
            throw Damaged(Row, _offset);
        }

        ReadOnlySpan<byte> octets = _block.Slice(_offset, (int)length);
        _offset += (int)length;
        return octets;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (_offset == _block.Length)
            {
                break;
            }

            byte next = _block[_offset++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged(Row, _offset);
    }

    private static StorageFailureException Damaged(long row, int offset) =>
        new(StorageFailureKind.Damaged, $"The journal block with row {row} is not readable at octet {offset}.");
}
