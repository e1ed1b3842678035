using System.Buffers;
using System.Buffers.Text;

namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// Writes the head of one frame, header by header, with the RFC's spelling of names (some peers look headers up with
/// case). Nothing reaches the output before <see cref="EndHeaders"/>, <see cref="EndFrame"/> or <see cref="BeginBody"/>.
/// </summary>
public ref struct MsrpHeadWriter
{
    private readonly IBufferWriter<byte> _output;
    private Span<byte> _buffer;
    private int _length;

    /// <summary>Begins a head.</summary>
    /// <param name="output">Where the frame goes.</param>
    /// <param name="sizeHint">Expected octets of the head; it may get longer.</param>
    public MsrpHeadWriter(IBufferWriter<byte> output, int sizeHint = 512)
    {
        _output = output;
        _buffer = output.GetSpan(sizeHint);
        _length = 0;
    }

    /// <summary>Writes <c>MSRP tid METHOD</c>.</summary>
    public void RequestLine(ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> method)
    {
        ThrowUnless(
            MsrpSyntax.IsIdent(transactionId) && MsrpSyntax.IsMethod(method),
            nameof(transactionId),
            "No transaction id or method.");
        Ensure(transactionId.Length + method.Length + 8);
        Put("MSRP "u8);
        Put(transactionId);
        Put(" "u8);
        Put(method);
        Put("\r\n"u8);
    }

    /// <summary>Writes <c>MSRP tid code comment</c>; the comment is the code's own (<see cref="MsrpStatusCode"/>).</summary>
    public void StatusLine(ReadOnlySpan<byte> transactionId, int statusCode)
    {
        ThrowUnless(
            MsrpSyntax.IsIdent(transactionId) && statusCode is >= 100 and <= 999,
            nameof(transactionId),
            "No transaction id or status.");
        ReadOnlySpan<byte> comment = MsrpStatusCode.Comment(statusCode);
        Ensure(transactionId.Length + comment.Length + 12);
        Put("MSRP "u8);
        Put(transactionId);
        Put(" "u8);
        PutStatusCode(statusCode);
        if (!comment.IsEmpty)
        {
            Put(" "u8);
            Put(comment);
        }

        Put("\r\n"u8);
    }

    /// <summary>Writes a header.</summary>
    /// <exception cref="ArgumentException">The value has control characters: a line break would forge headers.</exception>
    public void Header(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        ThrowUnless(
            !value.IsEmpty && !value.ContainsAny((byte)'\r', (byte)'\n', (byte)0), nameof(value), "A value is one line.");
        Ensure(name.Length + value.Length + 4);
        Put(name);
        Put(": "u8);
        Put(value);
        Put("\r\n"u8);
    }

    /// <summary>Writes <c>Byte-Range</c>.</summary>
    public void ByteRange(in MsrpByteRange range)
    {
        Ensure(MsrpByteRange.MaxTextLength + 14);
        Put("Byte-Range: "u8);
        _length += range.Format(_buffer[_length..]);
        Put("\r\n"u8);
    }

    /// <summary>Writes <c>Status</c> in the namespace of RFC 4975.</summary>
    public void Status(int statusCode)
    {
        ReadOnlySpan<byte> comment = MsrpStatusCode.Comment(statusCode);
        Ensure(comment.Length + 20);
        Put("Status: 000 "u8);
        PutStatusCode(statusCode);
        if (!comment.IsEmpty)
        {
            Put(" "u8);
            Put(comment);
        }

        Put("\r\n"u8);
    }

    /// <summary>Ends the head of a frame with body: writes the blank line. Body and end-line follow.</summary>
    public void BeginBody()
    {
        Ensure(2);
        Put("\r\n"u8);
        EndHeaders();
    }

    /// <summary>Ends a frame without body: writes its end-line.</summary>
    public void EndFrame(ReadOnlySpan<byte> transactionId, MsrpFlag flag)
    {
        Ensure(MsrpFrameWriter.MaxEndLineBytes);
        _length += MsrpFrameWriter.FormatEndLine(transactionId, flag, _buffer[_length..]);
        EndHeaders();
    }

    /// <summary>Hands what was written to the output.</summary>
    public void EndHeaders()
    {
        _output.Advance(_length);
        _buffer = default;
        _length = 0;
    }

    private static void ThrowUnless(bool condition, string parameter, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message, parameter);
        }
    }

    private void Put(ReadOnlySpan<byte> octets)
    {
        octets.CopyTo(_buffer[_length..]);
        _length += octets.Length;
    }

    private void PutStatusCode(int statusCode)
    {
        _ = Utf8Formatter.TryFormat(statusCode, _buffer[_length..], out int written);
        _length += written;
    }

    private void Ensure(int octets)
    {
        if (_buffer.Length - _length >= octets)
        {
            return;
        }

        _output.Advance(_length);
        _buffer = _output.GetSpan(Math.Max(octets, 256));
        _length = 0;
    }
}
