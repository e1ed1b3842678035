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
    private readonly int _maxHeaders = Math.Min(options.MaxHeaders, ushort.MaxValue - 1);
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
        var more = true;
        while (more)
        {
            var start = cursor.Position;
            var position = start;
            var entries = message.FreeEntries(_maxHeaders + 1);
            var count = SipHeaderIndexer.ReadPlain(cursor.Octets, ref position, _maxLine, entries);
            cursor.Position = position;
            if (count < entries.Length)
            {
                more = ReadUnusual(ref cursor, ref entries[count]);
                count += more ? 1 : 0;
            }

            message.Add(count);
            if (message.HeaderCount > _maxHeaders || cursor.Position > _maxHead)
            {
                cursor.Lose(message.HeaderCount > _maxHeaders ? SipParseError.TooManyHeaders : SipParseError.HeadTooLarge, start);
                return;
            }
        }
    }

    // The empty line, a folded field, or an error; false when there are no more fields. Lines that are no fields are passed over.
    private bool ReadUnusual(ref Cursor cursor, ref SipHeaderEntry entry)
    {
        while (true)
        {
            var start = cursor.Position;
            var line = cursor.ReadFoldedLine();
            if (cursor.IsLost || line.IsEmpty)
            {
                return false;
            }

            if (line.Length > _maxLine)
            {
                cursor.Fail(SipParseError.HeaderLineTooLong, start);
            }
            else if (SipHeaderIndexer.TryRead(line, start, cursor.Position, ref entry))
            {
                return true;
            }
            else
            {
                cursor.Fail(SipParseError.BadHeaderLine, start);
            }
        }
    }

    private void ReadBody(SipMessage message, ref Cursor cursor)
    {
        var bodyStart = cursor.Position;
        var available = cursor.Octets.Length - bodyStart;
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
