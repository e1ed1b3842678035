namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>
/// Reads one SIP message from a datagram, or from what <see cref="SipFramer"/> cut out of a stream. Has no state: one instance
/// serves all threads.
/// </summary>
/// <remarks>
/// Usage: <c>var result = parser.Parse(message, octets); if (!result.IsParsed) …</c>. It goes on after the first error as far
/// as the header fields can be told apart, so that a request can be answered with what is wrong.
/// </remarks>
public sealed class SipMessageParser(SipParserOptions options)
{
    private readonly int _maxMessage = options.MaxMessageBytes;
    private readonly int _maxHead = options.MaxHeadBytes;
    private readonly int _maxHeaders = Math.Min(options.MaxHeaders, ushort.MaxValue);
    private readonly int _maxLine = Math.Min(options.MaxHeaderLineBytes, ushort.MaxValue - 2);
    private readonly int _maxUri = Math.Min(options.MaxUriBytes, SipUri.MaxLength);
    private readonly int _maxBody = options.MaxBodyBytes;

    /// <summary>Reads again what was read once, whatever limits held then.</summary>
    public static SipMessageParser Unlimited { get; } = new(new SipParserOptions
    {
        MaxMessageBytes = int.MaxValue,
        MaxHeadBytes = int.MaxValue,
        MaxHeaders = int.MaxValue,
        MaxHeaderLineBytes = int.MaxValue,
        MaxUriBytes = int.MaxValue,
        MaxBodyBytes = int.MaxValue,
    });

    /// <summary>Reads a message from an array that the message keeps; nobody may write to it afterwards.</summary>
    public SipParseResult Parse(SipMessage message, byte[] octets) => Parse(message, octets, 0, octets.Length, owns: true);

    /// <summary>Reads a message from a borrowed buffer: see <see cref="SipMessage.Detach"/>.</summary>
    public SipParseResult Parse(SipMessage message, byte[] buffer, int start, int length) =>
        Parse(message, buffer, start, length, owns: false);

    private SipParseResult Parse(SipMessage message, byte[] buffer, int start, int length, bool owns)
    {
        var given = new ReadOnlySpan<byte>(buffer, start, length);
        var skipped = 0;
        while (given[skipped..].StartsWith("\r\n"u8))
        {
            skipped += 2; // RFC 3261 7.5
        }

        var octets = given[skipped..];
        message.Reset(buffer, start + skipped, octets.Length, owns);
        if (octets.IsEmpty)
        {
            return new SipParseResult(SipParseError.Empty, 0);
        }

        var cursor = new Cursor(octets, octets.Length > _maxMessage ? SipParseError.MessageTooLarge : SipParseError.None);
        ReadStartLine(message, ref cursor);
        if (!cursor.IsLost)
        {
            IndexHeaders(message, ref cursor);
            SipRequiredFields.Read(message, ref cursor);
            SipRoutingFields.Check(message, ref cursor);
        }

        if (!cursor.IsLost)
        {
            ReadBody(message, ref cursor);
        }

        return new SipParseResult(cursor.Error, cursor.ErrorOffset);
    }

    private void ReadStartLine(SipMessage message, ref Cursor cursor)
    {
        var start = cursor.Position;
        var line = cursor.ReadLine();
        if (cursor.IsLost)
        {
            return;
        }

        if (line.Length > _maxLine)
        {
            cursor.Fail(SipParseError.HeaderLineTooLong, start);
        }

        SipStartLine.Read(message, line, start, _maxUri, ref cursor);
    }

    private void IndexHeaders(SipMessage message, ref Cursor cursor)
    {
        while (true)
        {
            var start = cursor.Position;
            var line = cursor.ReadFoldedLine();
            if (cursor.IsLost || line.IsEmpty)
            {
                return;
            }

            if (!TryIndex(line, start, cursor.Position, out var entry))
            {
                cursor.Fail(line.Length > _maxLine ? SipParseError.HeaderLineTooLong : SipParseError.BadHeaderLine, start);
                continue;
            }

            if (message.HeaderCount == _maxHeaders || cursor.Position > _maxHead)
            {
                cursor.Lose(message.HeaderCount == _maxHeaders ? SipParseError.TooManyHeaders : SipParseError.HeadTooLarge, start);
                return;
            }

            message.Add(entry);
        }
    }

    // field-name HCOLON field-value; white space may stand before the colon (RFC 3261 7.3.1, 25.1).
    private bool TryIndex(ReadOnlySpan<byte> line, int start, int next, out SipHeaderEntry entry)
    {
        entry = default;
        var colon = line.IndexOf((byte)':');
        if (colon <= 0 || line.Length > _maxLine)
        {
            return false;
        }

        var nameLength = colon;
        while (nameLength > 0 && line[nameLength - 1] is (byte)' ' or (byte)'\t')
        {
            nameLength--;
        }

        var name = line[..nameLength];
        entry.Name = SipHeaderNames.Find(name);
        if (entry.Name == SipHeaderName.Unknown && !SipSyntax.IsToken(name))
        {
            return false;
        }

        var valueStart = SipSyntax.SkipWhitespace(line, colon + 1);
        var valueEnd = line.Length;
        while (valueEnd > valueStart && SipSyntax.IsWhitespace(line[valueEnd - 1]))
        {
            valueEnd--;
        }

        entry.Start = start;
        entry.NameLength = (ushort)nameLength;
        entry.ValueOffset = (ushort)valueStart;
        entry.ValueLength = (ushort)(valueEnd - valueStart);
        entry.LineLength = (ushort)(next - start);
        return true;
    }

    private void ReadBody(SipMessage message, ref Cursor cursor)
    {
        var bodyStart = cursor.Position;
        var available = cursor.Length - bodyStart;
        var length = message.ContentLength < 0 ? available : message.ContentLength;
        if (length > _maxBody)
        {
            cursor.Fail(SipParseError.BodyTooLarge, bodyStart);
        }

        if (length > available)
        {
            cursor.Fail(SipParseError.BodyTruncated, bodyStart);
            length = available;
        }

        // Octets behind Content-Length are discarded (RFC 3261 18.3).
        message.SetExtent(bodyStart, bodyStart + length);
    }
}
