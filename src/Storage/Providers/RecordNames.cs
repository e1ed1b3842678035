using System.Buffers;
using System.Text;
using Orleans.Runtime;

namespace PosteRestante.Storage.Providers;

/// <summary>
/// Names of records: <c>record/grain type/grain key</c>. No part contains <c>/ \ # ?</c> or a control character,
/// so that every provider can use it as it is (Azure tables forbid them; Orleans' provider replaces them).
/// </summary>
internal static class RecordNames
{
    private const byte Separator = (byte)'/';

    private static readonly SearchValues<byte> Forbidden =
        SearchValues.Create([.. "/\\#?"u8, 0x7F, .. Enumerable.Range(0, 0x20).Select(static octet => (byte)octet)]);

    /// <summary>The name as octets.</summary>
    /// <exception cref="StorageFailureException">A part is empty, has a forbidden character, or the name is too long.</exception>
    public static byte[] Create(string stateName, GrainId grainId, int limit)
    {
        ReadOnlySpan<byte> type = grainId.Type.AsSpan();
        ReadOnlySpan<byte> key = grainId.Key.AsSpan();
        int recordLength = Encoding.UTF8.GetByteCount(stateName);
        int length = recordLength + type.Length + key.Length + 2;
        if (length > limit)
        {
            throw Refused(stateName, grainId, $"it has {length} octets, over the limit of {limit}");
        }

        byte[] name = new byte[length];
        Encoding.UTF8.GetBytes(stateName, name);
        name[recordLength] = Separator;
        type.CopyTo(name.AsSpan(recordLength + 1));
        name[recordLength + 1 + type.Length] = Separator;
        key.CopyTo(name.AsSpan(length - key.Length));
        if (IsUnfit(name.AsSpan(0, recordLength)) || IsUnfit(type) || IsUnfit(key))
        {
            throw Refused(stateName, grainId, "a part of it is empty or contains / \\ # ? or a control character");
        }

        return name;
    }

    private static bool IsUnfit(ReadOnlySpan<byte> part) => part.IsEmpty || part.ContainsAny(Forbidden);

    private static StorageFailureException Refused(string stateName, GrainId grainId, string reason) =>
        new(StorageFailureKind.Refused, $"The record '{stateName}' of a grain of type '{grainId.Type}' cannot be named: {reason}.");
}
