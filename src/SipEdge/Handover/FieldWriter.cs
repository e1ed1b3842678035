using System.Buffers;
using System.Buffers.Text;

namespace PosteRestante.SipEdge.Handover;

/// <summary>Writes header fields.</summary>
internal static class FieldWriter
{
    /// <summary>Writes a field.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        output.Write(name);
        output.Write(": "u8);
        output.Write(value);
        output.Write("\r\n"u8);
    }

    /// <summary>Writes a field whose value is a number.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> name, long value)
    {
        Span<byte> digits = stackalloc byte[20];
        _ = Utf8Formatter.TryFormat(value, digits, out var written); // a long has at most 20 characters
        Write(output, name, digits[..written]);
    }
}
