using System.Buffers.Binary;
using System.Text;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>
/// An entry as octets: key, flags, receipt time fixed; the rest as variable-length integers, times relative to the receipt.
/// About 45 octets plus sender and subject.
/// </summary>
internal static class EntryCodec
{
    private const int FixedOctets = PackedKey.Octets + 1 + sizeof(long);
    private const int Numbers = 10;

    /// <summary>The most octets that an entry with these texts can take.</summary>
    public static int MaxOctets(int fromOctets, int subjectOctets) =>
        FixedOctets + (Numbers * VarInt.MaxOctets) + fromOctets + subjectOctets;

    /// <summary>Writes an entry and says how many octets it took.</summary>
    public static int Write(Span<byte> destination, in Entry entry)
    {
        var rest = destination;
        WriteNumbers(ref rest, entry);
        WriteOctets(ref rest, entry.From.Span);
        WriteOctets(ref rest, entry.Subject.Span);
        return destination.Length - rest.Length;
    }

    /// <summary>Writes an entry whose texts are still strings, without octets of their own in between.</summary>
    public static int Write(Span<byte> destination, in Entry entry, string from, string subject)
    {
        var rest = destination;
        WriteNumbers(ref rest, entry);
        WriteText(ref rest, from);
        WriteText(ref rest, subject);
        return destination.Length - rest.Length;
    }

    /// <summary>Reads the entry at <paramref name="offset"/> and says where the next one starts.</summary>
    public static Entry Read(byte[] octets, int offset, int length, out int next)
    {
        ReadOnlySpan<byte> rest = octets.AsSpan(offset, length - offset);
        var entry = new Entry { Key = PackedKey.FromHash(rest) };
        var state = new EntryState { Flags = (EntryFlags)rest[PackedKey.Octets] };
        rest = rest[(PackedKey.Octets + 1)..];
        entry.ReceivedAt = BinaryPrimitives.ReadInt64LittleEndian(rest);
        rest = rest[sizeof(long)..];
        entry.Sequence = VarInt.Read(ref rest);
        entry.ExpiresAt = entry.ReceivedAt + VarInt.ReadSigned(ref rest);
        entry.Size = VarInt.Read(ref rest);
        state.InDoubt = (int)VarInt.Read(ref rest);
        state.Generation = (int)VarInt.Read(ref rest);
        state.DeliveredToken = VarInt.Read(ref rest);
        state.FaultToken = VarInt.Read(ref rest);
        state.DeliveredAt = VarInt.ReadSigned(ref rest);
        state.DeliveredAt += state.Has(EntryFlags.Delivered) ? entry.ReceivedAt : 0;
        entry.State = state;
        entry.From = ReadOctets(octets, length, ref rest);
        entry.Subject = ReadOctets(octets, length, ref rest);
        next = length - rest.Length;
        return entry;
    }

    private static void WriteNumbers(ref Span<byte> rest, in Entry entry)
    {
        entry.Key.Write(rest);
        rest[PackedKey.Octets] = (byte)entry.State.Flags;
        rest = rest[(PackedKey.Octets + 1)..];
        BinaryPrimitives.WriteInt64LittleEndian(rest, entry.ReceivedAt);
        rest = rest[sizeof(long)..];
        VarInt.Write(ref rest, entry.Sequence);
        VarInt.WriteSigned(ref rest, entry.ExpiresAt - entry.ReceivedAt);
        VarInt.Write(ref rest, entry.Size);
        VarInt.Write(ref rest, entry.State.InDoubt);
        VarInt.Write(ref rest, entry.State.Generation);
        VarInt.Write(ref rest, entry.State.DeliveredToken);
        VarInt.Write(ref rest, entry.State.FaultToken);
        VarInt.WriteSigned(
            ref rest, entry.State.Has(EntryFlags.Delivered) ? entry.State.DeliveredAt - entry.ReceivedAt : 0);
    }

    private static void WriteOctets(ref Span<byte> rest, ReadOnlySpan<byte> octets)
    {
        VarInt.Write(ref rest, octets.Length);
        octets.CopyTo(rest);
        rest = rest[octets.Length..];
    }

    private static void WriteText(ref Span<byte> rest, string text)
    {
        VarInt.Write(ref rest, Encoding.UTF8.GetByteCount(text));
        rest = rest[Encoding.UTF8.GetBytes(text, rest)..];
    }

    private static ReadOnlyMemory<byte> ReadOctets(byte[] octets, int length, ref ReadOnlySpan<byte> rest)
    {
        var count = (int)VarInt.Read(ref rest);
        var result = octets.AsMemory(length - rest.Length, count);
        rest = rest[count..];
        return result;
    }
}
