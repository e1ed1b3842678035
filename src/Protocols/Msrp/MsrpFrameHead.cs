namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// Start line and headers of one frame, as the reader keeps them. The object belongs to its
/// <see cref="MsrpFrameReader"/> and is filled anew for each frame: whoever keeps a value copies it before the next
/// <see cref="MsrpFrameEvent.Head"/>. All spans are octets as received, without the white space around a value.
/// </summary>
public sealed class MsrpFrameHead
{
    private readonly MsrpFrameOptions _options;
    private byte[] _bytes = new byte[1024];
    private int _length;
    private HeaderSlice[] _headers = new HeaderSlice[16];
    private Slice _transactionId;
    private Slice _method;
    private Slice _comment;
    private Slice _toPath;
    private Slice _fromPath;
    private Slice _messageId;
    private Slice _contentType;

    internal MsrpFrameHead(MsrpFrameOptions options) => _options = options;

    /// <summary>What is wrong with the frame, if anything; it is still read to its end. Final at
    /// <see cref="MsrpFrameEvent.End"/>, as a body without Content-Type is only known then.</summary>
    public MsrpParseError Error { get; internal set; }

    /// <summary>Whether this is a request.</summary>
    public bool IsRequest => Method != MsrpMethod.None;

    /// <summary>The method; <see cref="MsrpMethod.None"/> for a response.</summary>
    public MsrpMethod Method { get; internal set; }

    /// <summary>The status code of a response, 0 for a request.</summary>
    public int StatusCode { get; internal set; }

    /// <summary>Whether a blank line followed, so that body octets may come.</summary>
    public bool HasBody { get; internal set; }

    /// <summary>The range, if the header is there and well formed.</summary>
    public MsrpByteRange? ByteRange { get; private set; }

    /// <summary>Whether <c>Success-Report: yes</c> was asked.</summary>
    public bool SuccessReport { get; private set; }

    /// <summary>What was asked about failures.</summary>
    public MsrpFailureReport FailureReport { get; private set; }

    /// <summary>The status of a REPORT.</summary>
    public MsrpStatus? Status { get; private set; }

    /// <summary>How many headers there are, those with typed properties included.</summary>
    public int HeaderCount { get; private set; }

    /// <summary>The transaction id.</summary>
    public ReadOnlySpan<byte> TransactionId => Text(_transactionId);

    /// <summary>The method's text; empty for a response.</summary>
    public ReadOnlySpan<byte> MethodText => Text(_method);

    /// <summary>The comment of a response.</summary>
    public ReadOnlySpan<byte> Comment => Text(_comment);

    /// <summary>The To-Path: one or more URIs with spaces between.</summary>
    public ReadOnlySpan<byte> ToPath => Text(_toPath);

    /// <summary>The From-Path: one or more URIs with spaces between.</summary>
    public ReadOnlySpan<byte> FromPath => Text(_fromPath);

    /// <summary>The Message-ID; empty when absent.</summary>
    public ReadOnlySpan<byte> MessageId => Text(_messageId);

    /// <summary>The Content-Type; empty when absent.</summary>
    public ReadOnlySpan<byte> ContentType => Text(_contentType);

    /// <summary>Start line and headers as received, without what ends them.</summary>
    public ReadOnlySpan<byte> Octets => _bytes.AsSpan(0, _length);

    /// <summary>The name of a header, in the order of arrival.</summary>
    public ReadOnlySpan<byte> HeaderName(int index) => Text(_headers[Checked(index)].Name);

    /// <summary>The value of a header, in the order of arrival.</summary>
    public ReadOnlySpan<byte> HeaderValue(int index) => Text(_headers[Checked(index)].Value);

    internal int Length => _length;

    internal void Clear()
    {
        _length = 0;
        Error = MsrpParseError.None;
        Method = MsrpMethod.None;
        StatusCode = 0;
        HasBody = false;
        ByteRange = null;
        SuccessReport = false;
        FailureReport = MsrpFailureReport.Yes;
        Status = null;
        HeaderCount = 0;
        _transactionId = _method = _comment = _toPath = _fromPath = _messageId = _contentType = default;
    }

    /// <summary>Takes octets of the head; false when it gets too long.</summary>
    internal bool TryAppend(ReadOnlySpan<byte> octets)
    {
        int length = _length + octets.Length;
        if (length > _options.MaxHeadBytes)
        {
            return false;
        }

        if (length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Min(Math.Max(length, _bytes.Length * 2), _options.MaxHeadBytes));
        }

        octets.CopyTo(_bytes.AsSpan(_length));
        _length = length;
        return true;
    }

    /// <summary>Drops what was appended after <paramref name="length"/>: an end-line is no header.</summary>
    internal void Truncate(int length) => _length = length;

    /// <summary>Reads the start line that stands at the beginning, without its CRLF; the reader has seen to <c>MSRP</c>.</summary>
    internal MsrpParseError ReadStartLine(int lineLength)
    {
        ReadOnlySpan<byte> line = _bytes.AsSpan(0, lineLength);
        int idEnd = lineLength < 5 ? -1 : line[5..].IndexOf((byte)' ');
        if (idEnd < 0)
        {
            return MsrpParseError.BadStartLine;
        }

        if (!MsrpSyntax.IsIdent(line.Slice(5, idEnd)))
        {
            return MsrpParseError.BadTransactionId;
        }

        _transactionId = new Slice(5, idEnd);
        int rest = 5 + idEnd + 1;
        return rest < lineLength && char.IsAsciiDigit((char)line[rest])
            ? ReadStatusCode(rest, line)
            : ReadMethod(rest, line);
    }

    /// <summary>Reads a header line, without its CRLF. Errors are kept in <see cref="Error"/>; false when there are too
    /// many.</summary>
    internal bool TryReadHeader(int start, int length)
    {
        ReadOnlySpan<byte> line = _bytes.AsSpan(start, length);
        int colon = line.IndexOf((byte)':');
        if (colon <= 0 || !MsrpSyntax.IsToken(line[..colon]) || MsrpSyntax.HasControl(line))
        {
            Fail(MsrpParseError.BadHeader);
            return true;
        }

        if (HeaderCount >= _options.MaxHeaders)
        {
            return false;
        }

        if (HeaderCount == _headers.Length)
        {
            Array.Resize(ref _headers, _headers.Length * 2);
        }

        ReadOnlySpan<byte> value = line[(colon + 1)..];
        ReadOnlySpan<byte> trimmed = MsrpSyntax.Trim(value);
        int valueStart = start + colon + 1 + (value.Length - value.TrimStart(" \t"u8).Length);
        HeaderSlice header = new(new Slice(start, colon), new Slice(valueStart, trimmed.Length));
        _headers[HeaderCount++] = header;
        ReadKnown(line[..colon], trimmed, header.Value);
        return true;
    }

    /// <summary>Judges the head as a whole, once its last line is read.</summary>
    internal void Complete()
    {
        if (_toPath.IsNone)
        {
            Fail(MsrpParseError.MissingToPath);
        }

        if (_fromPath.IsNone)
        {
            Fail(MsrpParseError.MissingFromPath);
        }

        // RFC 4975 7.1: SEND and REPORT carry a Message-ID, a REPORT its Status, a body its Content-Type.
        if (Method is MsrpMethod.Send or MsrpMethod.Report && _messageId.IsNone)
        {
            Fail(MsrpParseError.MissingMessageId);
        }

        if (Method == MsrpMethod.Report && Status is null)
        {
            Fail(MsrpParseError.MissingStatus);
        }
    }

    internal void Fail(MsrpParseError error)
    {
        if (Error == MsrpParseError.None)
        {
            Error = error;
        }
    }

    private MsrpParseError ReadStatusCode(int start, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> rest = line[start..];
        if (rest.Length < 3 || (rest.Length > 3 && rest[3] != ' ') || !MsrpStatus.TryThreeDigits(rest[..3], out int code)
            || MsrpSyntax.HasControl(rest))
        {
            return MsrpParseError.BadStartLine;
        }

        StatusCode = code;
        _comment = rest.Length > 4 ? new Slice(start + 4, rest.Length - 4) : default;
        return MsrpParseError.None;
    }

    private MsrpParseError ReadMethod(int start, ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> method = line[start..];
        if (!MsrpSyntax.IsMethod(method))
        {
            return MsrpParseError.BadStartLine;
        }

        _method = new Slice(start, method.Length);
        Method = method.SequenceEqual("SEND"u8) ? MsrpMethod.Send
            : method.SequenceEqual("REPORT"u8) ? MsrpMethod.Report
            : method.SequenceEqual("AUTH"u8) ? MsrpMethod.Auth
            : method.SequenceEqual("NICKNAME"u8) ? MsrpMethod.Nickname
            : MsrpMethod.Unknown;
        return MsrpParseError.None;
    }

    // Known names by length first. Header names are compared without case, as MIME's are.
    private void ReadKnown(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, Slice slice)
    {
        switch (name.Length)
        {
            case 6 when Is(name, "Status"u8):
                ReadStatus(value);
                break;
            case 7 when Is(name, "To-Path"u8):
                Keep(ref _toPath, slice);
                break;
            case 9 when Is(name, "From-Path"u8):
                Keep(ref _fromPath, slice);
                break;
            case 10 when Is(name, "Message-ID"u8):
                ReadMessageId(value, slice);
                break;
            case 10 when Is(name, "Byte-Range"u8):
                ReadByteRange(value);
                break;
            case 12 when Is(name, "Content-Type"u8):
                Keep(ref _contentType, slice);
                break;
            case 14 when Is(name, "Success-Report"u8):
                ReadSuccessReport(value);
                break;
            case 14 when Is(name, "Failure-Report"u8):
                ReadFailureReport(value);
                break;
            default:
                break;
        }
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> known) => MsrpSyntax.EqualsIgnoreCase(name, known);

    private void Keep(ref Slice slot, Slice value)
    {
        if (!slot.IsNone)
        {
            Fail(MsrpParseError.DuplicateHeader);
        }
        else if (value.Length == 0)
        {
            Fail(MsrpParseError.BadHeader);
        }
        else
        {
            slot = value;
        }
    }

    private void ReadMessageId(ReadOnlySpan<byte> value, Slice slice)
    {
        if (value.Length > _options.MaxMessageIdBytes || !MsrpSyntax.IsToken(value))
        {
            Fail(MsrpParseError.BadMessageId);
        }

        Keep(ref _messageId, slice);
    }

    private void ReadByteRange(ReadOnlySpan<byte> value)
    {
        if (ByteRange is not null)
        {
            Fail(MsrpParseError.DuplicateHeader);
        }
        else if (MsrpByteRange.TryParse(value, out MsrpByteRange range))
        {
            ByteRange = range;
        }
        else
        {
            Fail(MsrpParseError.BadByteRange);
        }
    }

    private void ReadStatus(ReadOnlySpan<byte> value)
    {
        if (Status is not null)
        {
            Fail(MsrpParseError.DuplicateHeader);
        }
        else if (MsrpStatus.TryParse(value, out MsrpStatus status))
        {
            Status = status;
        }
        else
        {
            Fail(MsrpParseError.BadStatus);
        }
    }

    private void ReadSuccessReport(ReadOnlySpan<byte> value)
    {
        SuccessReport = Is(value, "yes"u8);
        if (!SuccessReport && !Is(value, "no"u8))
        {
            Fail(MsrpParseError.BadReportRequest);
        }
    }

    private void ReadFailureReport(ReadOnlySpan<byte> value)
    {
        if (Is(value, "no"u8))
        {
            FailureReport = MsrpFailureReport.No;
        }
        else if (Is(value, "partial"u8))
        {
            FailureReport = MsrpFailureReport.Partial;
        }
        else if (!Is(value, "yes"u8))
        {
            Fail(MsrpParseError.BadReportRequest);
        }
    }

    private int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, HeaderCount);
        return index;
    }

    private ReadOnlySpan<byte> Text(Slice slice) => _bytes.AsSpan(slice.Start, slice.Length);

    private readonly record struct Slice(int Start, int Length)
    {
        public bool IsNone => Length == 0;
    }

    private readonly record struct HeaderSlice(Slice Name, Slice Value);
}
