using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace PosteRestante.Storage.Serialization;

/// <summary>Reads the fields that <see cref="RecordWriter"/> wrote; says of anything else what is wrong and where.</summary>
public ref struct RecordReader
{
    private readonly ReadOnlySpan<byte> _record;
    private int _offset;

    /// <summary>Begins to read a record.</summary>
    public RecordReader(ReadOnlySpan<byte> record)
    {
        _record = record;
        Version = ReadByte();
    }

    /// <summary>The version that the record was written with.</summary>
    public byte Version { get; }

    /// <summary>Octets read so far, the version included.</summary>
    public readonly int Offset => _offset;

    private readonly int Left => _record.Length - _offset;

    /// <summary>Reads one octet.</summary>
    public byte ReadByte()
    {
        Require(1, _offset);
        return _record[_offset++];
    }

    /// <summary>Reads 0 or 1.</summary>
    public bool ReadBoolean()
    {
        int start = _offset;
        byte value = ReadByte();
        return value <= 1 ? value == 1 : throw Malformed(RecordFormatError.OutOfRange, start);
    }

    /// <summary>Reads a number without a sign.</summary>
    public ulong ReadUInt64()
    {
        int start = _offset;
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            Require(1, start);
            byte next = _record[_offset++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next >= 0x80)
            {
                continue;
            }

            bool tooLong = (next == 0 && shift > 0) || (shift == 63 && next > 1);
            return tooLong ? throw Malformed(RecordFormatError.InvalidNumber, start) : value;
        }

        throw Malformed(RecordFormatError.InvalidNumber, start);
    }

    /// <summary>Reads a number with a sign.</summary>
    public long ReadInt64()
    {
        ulong value = ReadUInt64();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>Reads a number with a sign that fits 32 bits; enumerations too.</summary>
    public int ReadInt32()
    {
        int start = _offset;
        long value = ReadInt64();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : throw Malformed(RecordFormatError.OutOfRange, start);
    }

    /// <summary>Reads how many items follow; never more than octets are left, so it is safe to size a list by.</summary>
    public int ReadCount()
    {
        int start = _offset;
        ulong count = ReadUInt64();
        return count <= (ulong)Left ? (int)count : throw Malformed(RecordFormatError.InvalidCount, start);
    }

    /// <summary>Reads a text or null.</summary>
    public string? ReadOptionalString()
    {
        int start = _offset;
        ulong length = ReadUInt64();
        if (length == 0)
        {
            return null;
        }

        ReadOnlySpan<byte> text = Take(length - 1, start);
        return Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Malformed(RecordFormatError.InvalidText, start);
    }

    /// <summary>Reads a text; null is not one.</summary>
    public string ReadString()
    {
        int start = _offset;
        return ReadOptionalString() ?? throw Malformed(RecordFormatError.OutOfRange, start);
    }

    /// <summary>Reads octets, in place: they live as long as the record does.</summary>
    public ReadOnlySpan<byte> ReadOctets()
    {
        int start = _offset;
        return Take(ReadUInt64(), start);
    }

    /// <summary>Reads octets into an array of their own.</summary>
    public ImmutableArray<byte> ReadOctetArray() => ImmutableCollectionsMarshal.AsImmutableArray(ReadOctets().ToArray());

    /// <summary>Reads an instant.</summary>
    public DateTimeOffset ReadTime()
    {
        int start = _offset;
        ulong ticks = ReadUInt64();
        return ticks <= (ulong)DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset((long)ticks, TimeSpan.Zero)
            : throw Malformed(RecordFormatError.OutOfRange, start);
    }

    /// <summary>Reads an instant or null.</summary>
    public DateTimeOffset? ReadOptionalTime() => ReadBoolean() ? ReadTime() : null;

    /// <summary>Reads a duration.</summary>
    public TimeSpan ReadDuration() => new(ReadInt64());

    /// <summary>Reads a GUID.</summary>
    public Guid ReadGuid() => new(Take(16, _offset), bigEndian: true);

    /// <summary>Reads eight octets as a number.</summary>
    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong), _offset));

    /// <summary>Requires that every octet was read.</summary>
    public readonly void RequireEnd()
    {
        if (Left > 0)
        {
            throw Malformed(RecordFormatError.TrailingOctets, _offset);
        }
    }

    private static RecordFormatException Malformed(RecordFormatError error, int offset) => new(error, offset);

    private ReadOnlySpan<byte> Take(ulong length, int start)
    {
        Require(length, start);
        ReadOnlySpan<byte> octets = _record.Slice(_offset, (int)length);
        _offset += (int)length;
        return octets;
    }

    private readonly void Require(ulong count, int start)
    {
        if (count > (ulong)Left)
        {
            throw Malformed(RecordFormatError.Truncated, start);
        }
    }
}
