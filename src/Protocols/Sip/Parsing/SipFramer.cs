using System.Buffers;

namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>
/// Cuts a stream into messages (RFC 3261 18.3): finds the empty line, then as many octets as Content-Length says. One instance
/// a connection: it remembers how far it has looked, so that octets that come singly are not looked at again and again.
/// </summary>
/// <remarks>
/// Usage: call <see cref="Read"/> with all unconsumed octets of the stream, advance by <see cref="SipFrame.Consumed"/> and
/// <see cref="SipFrame.Examined"/>, and call it again until <see cref="SipFrameStatus.NeedMoreData"/>. The limits hold before
/// anything is buffered beyond them.
/// </remarks>
public sealed class SipFramer(SipParserOptions options)
{
    private readonly int _maxHead = options.MaxHeadBytes;
    private readonly int _maxBody = options.MaxBodyBytes;
    private readonly int _maxMessage = options.MaxMessageBytes;

    private long _searched; // octets known not to hold the end of the head
    private long _messageLength; // 0 while the head is not whole

    /// <summary>Looks for a message at the start of <paramref name="input"/>, which begins where the last frame was consumed.</summary>
    public SipFrame Read(ReadOnlySequence<byte> input)
    {
        var start = input.Start;
        if (_messageLength == 0 && _searched == 0)
        {
            if (StartsWithPing(ref input))
            {
                return Finish(SipFrameStatus.Ping, default, input.Start);
            }

            start = input.Start;
        }

        if (_messageLength == 0)
        {
            var error = ReadHead(input, out var headLength);
            if (error != SipParseError.None)
            {
                return Finish(SipFrameStatus.Malformed, input.Slice(0, headLength), input.End, error);
            }
        }

        if (_messageLength == 0 || input.Length < _messageLength)
        {
            return new SipFrame(SipFrameStatus.NeedMoreData, SipParseError.None, default, start, input.End);
        }

        var message = input.Slice(0, _messageLength);
        return Finish(SipFrameStatus.Message, message, message.End);
    }

    private SipFrame Finish(SipFrameStatus status, ReadOnlySequence<byte> octets, SequencePosition consumed, SipParseError error = SipParseError.None)
    {
        _searched = 0;
        _messageLength = 0;
        return new SipFrame(status, error, octets, consumed, consumed);
    }

    // Line ends before a message are passed over (RFC 3261 7.5); two of them are a ping (RFC 5626 4.4.1).
    private static bool StartsWithPing(ref ReadOnlySequence<byte> input)
    {
        var reader = new SequenceReader<byte>(input);
        if (!reader.IsNext("\r\n"u8, advancePast: true))
        {
            return false;
        }

        var isPing = reader.IsNext("\r\n"u8, advancePast: true);
        if (isPing || (reader.TryPeek(out var next) && next != (byte)'\r'))
        {
            input = input.Slice(reader.Position);
        }

        return isPing;
    }

    private SipParseError ReadHead(ReadOnlySequence<byte> input, out long headLength)
    {
        headLength = FindHeadEnd(input);
        if (headLength == 0 && input.Length > _maxHead)
        {
            headLength = input.Length; // what there is of it names who asked: the answer does not depend on how it came
        }

        if (headLength == 0)
        {
            return SipParseError.None;
        }

        if (headLength > _maxHead)
        {
            return SipParseError.HeadTooLarge;
        }

        var error = ReadContentLength(input.Slice(0, headLength), out var bodyLength);
        if (error == SipParseError.None)
        {
            error = bodyLength > _maxBody ? SipParseError.BodyTooLarge
                : headLength + bodyLength > _maxMessage ? SipParseError.MessageTooLarge
                : SipParseError.None;
            _messageLength = headLength + bodyLength;
        }

        return error;
    }

    // The length of the head with its empty line, 0 when it has not ended yet.
    private long FindHeadEnd(ReadOnlySequence<byte> input)
    {
        var reader = new SequenceReader<byte>(input);
        reader.Advance(_searched);
        if (reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8, advancePastDelimiter: true))
        {
            return reader.Consumed;
        }

        _searched = Math.Max(0, input.Length - 3);
        return 0;
    }

    private static SipParseError ReadContentLength(ReadOnlySequence<byte> head, out int length)
    {
        if (head.IsSingleSegment)
        {
            return SipContentLengthScanner.Scan(head.FirstSpan, out length);
        }

        var headLength = (int)head.Length;
        var rented = ArrayPool<byte>.Shared.Rent(headLength);
        head.CopyTo(rented);
        var error = SipContentLengthScanner.Scan(rented.AsSpan(0, headLength), out length);
        ArrayPool<byte>.Shared.Return(rented);
        return error;
    }
}
