using System.Buffers.Text;

namespace PosteRestante.Bench.Deposit.Load;

/// <summary>What the driver looks at in a response: its status, and from the Call-ID, which message it answers.</summary>
internal readonly record struct LoadResponse(int Status, int Slot, int Index)
{
    private static ReadOnlySpan<byte> CallId => "\r\nCall-ID: m"u8;

    /// <summary>Reads it; the octets may end anywhere behind the Call-ID.</summary>
    public static bool TryRead(ReadOnlySpan<byte> octets, out LoadResponse response)
    {
        response = default;
        var at = octets.IndexOf(CallId);
        if (at < 0 || octets.Length < 12 || !Utf8Parser.TryParse(octets.Slice(8, 3), out int status, out _))
        {
            return false;
        }

        octets = octets[(at + CallId.Length)..];
        if (!Utf8Parser.TryParse(octets, out int index, out var length) || octets.Length <= length + 1
            || !Utf8Parser.TryParse(octets[(length + 1)..], out int slot, out _))
        {
            return false;
        }

        response = new LoadResponse(status, slot, index);
        return true;
    }
}
