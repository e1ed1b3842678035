using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace PosteRestante.Storage.Serialization;

/// <summary>
/// Writes a record's fields. Numbers are varints (7 bits an octet, least first, as short as possible; signed ones
/// zigzag), texts UTF-8 and octets as they are, each with its length before it. The buffer is rented: whoever made
/// the writer calls <see cref="Finish"/> or <see cref="Dispose"/>.
/// </summary>
public ref struct RecordWriter
{
    private const int MaxVarint = 10;
    private const int SmallestBuffer = 1024;
    private byte[] _buffer;
    private int _length;

    /// <summary>Begins a record of this version.</summary>
    public RecordWriter(byte version)
    {
        _buffer = ArrayPool<byte>.Shared.Rent(SmallestBuffer);
        _buffer[0] = version;
        _length = 1;
    }

    /// <summary>Octets written so far, the version included.</summary>
    public readonly int Length => _length;

    /// <summary>Writes one octet.</summary>
    public void WriteByte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    /// <summary>Writes 0 or 1.</summary>
    public void WriteBoolean(bool value) => WriteByte(value ? (byte)1 : (byte)0);

    /// <summary>Writes a number without a sign.</summary>
    public void WriteUInt64(ulong value)
    {
        Reserve(MaxVarint);
        while (value >= 0x80)
        {
            _buffer[_length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        _buffer[_length++] = (byte)value;
    }

    /// <summary>Writes a number with a sign.</summary>
    public void WriteInt64(long value) => WriteUInt64((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>Writes a number with a sign; enumerations too.</summary>
    public void WriteInt32(int value) => WriteInt64(value);

    /// <summary>Writes how many items follow.</summary>
    public void WriteCount(int count) => WriteUInt64((ulong)count);

    /// <summary>Writes a text or null; null and the empty text are different.</summary>
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteByte(0);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(value);
        WriteUInt64((ulong)length + 1);
        Reserve(length);
        _length += Encoding.UTF8.GetBytes(value, _buffer.AsSpan(_length));
    }

    /// <summary>Writes octets as they are.</summary>
    public void WriteOctets(ReadOnlySpan<byte> octets)
    {
        WriteUInt64((ulong)octets.Length);
        Reserve(octets.Length);
        octets.CopyTo(_buffer.AsSpan(_length));
        _length += octets.Length;
    }

    /// <summary>Writes octets as they are; a default array is written as an empty one.</summary>
    public void WriteOctets(ImmutableArray<byte> octets) => WriteOctets(octets.IsDefault ? [] : octets.AsSpan());

    /// <summary>Writes an instant as ticks (100 ns) of UTC; the offset is not kept.</summary>
    public void WriteTime(DateTimeOffset value) => WriteUInt64((ulong)value.UtcTicks);

    /// <summary>Writes an instant or null.</summary>
    public void WriteTime(DateTimeOffset? value)
    {
        WriteBoolean(value.HasValue);
        if (value.HasValue)
        {
            WriteTime(value.GetValueOrDefault());
        }
    }

    /// <summary>Writes a duration as ticks (100 ns).</summary>
    public void WriteDuration(TimeSpan value) => WriteInt64(value.Ticks);

    /// <summary>Writes the 16 octets of a GUID.</summary>
    public void WriteGuid(Guid value)
    {
        Reserve(16);
        _ = value.TryWriteBytes(_buffer.AsSpan(_length), bigEndian: true, out int written);
        _length += written;
    }

    /// <summary>Writes eight octets, for numbers that are large by nature (hashes), least octet first.</summary>
    public void WriteFixed64(ulong value)
    {
        Reserve(sizeof(ulong));
        BinaryPrimitives.WriteUInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(ulong);
    }

    /// <summary>The record, in an array of its size; the writer is at its end.</summary>
    public byte[] Finish()
    {
        byte[] record = _buffer.AsSpan(0, _length).ToArray();
        Dispose();
        return record;
    }

    /// <summary>Gives the buffer back.</summary>
    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }

    private void Reserve(int count)
    {
        if (_buffer.Length - _length >= count)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(int.Max(_buffer.Length * 2, _length + count));
        _buffer.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
