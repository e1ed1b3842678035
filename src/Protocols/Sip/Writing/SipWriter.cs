using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace PosteRestante.Protocols.Sip.Writing;

/// <summary>A growing run of octets that is used again and again: the pen of the builders.</summary>
public sealed class SipWriter
{
    private byte[] _buffer = new byte[512];

    /// <summary>The number of octets written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Starts anew, keeping the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes octets as they are.</summary>
    public SipWriter Write(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(Reserve(octets.Length));
        Length += octets.Length;
        return this;
    }

    /// <summary>Writes text in UTF-8.</summary>
    public SipWriter Write(string text)
    {
        Length += Encoding.UTF8.GetBytes(text, Reserve(Encoding.UTF8.GetMaxByteCount(text.Length)));
        return this;
    }

    /// <summary>Writes a number in decimal.</summary>
    public SipWriter Write(long number)
    {
        var formatted = Utf8Formatter.TryFormat(number, Reserve(20), out var written); // 20: the longest Int64
        Debug.Assert(formatted, "20 octets hold every Int64.");
        Length += written;
        return this;
    }

    /// <summary>Writes anything that formats itself as UTF-8 in at most <paramref name="maxLength"/> octets.</summary>
    public SipWriter Write<T>(T value, int maxLength)
        where T : IUtf8SpanFormattable
    {
        if (!value.TryFormat(Reserve(maxLength), out var written, default, provider: null))
        {
            throw new ArgumentException("The value is longer than was said.", nameof(maxLength));
        }

        Length += written;
        return this;
    }

    /// <summary>Writes CRLF.</summary>
    public SipWriter EndLine() => Write("\r\n"u8);

    private Span<byte> Reserve(int length)
    {
        if (_buffer.Length - Length < length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        }

        return _buffer.AsSpan(Length);
    }
}
