using System.Runtime.CompilerServices;

namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// Finds frames in a stream of octets (RFC 4975 7.1) and never holds a message: bodies pass through as pieces of the
/// input. It takes input in any cut, keeps at most one head and one possible end-line, and uses up all it is given,
/// so a pipe can always be advanced to its end. One reader serves one connection; it does not allocate per frame.
/// </summary>
public sealed class MsrpFrameReader(MsrpFrameOptions options)
{
    // CRLF, seven hyphens, transaction id, flag, CR. The LF is not kept: it completes the end-line.
    private const int MaxEndLine = 2 + 7 + MsrpSyntax.MaxIdentLength + 1 + 1;

    private readonly byte[] _endLine = new byte[MaxEndLine];
    private int _endLinePrefix;
    private int _matched;
    private int _virtualMatched;
    private int _lineStart;
    private long _chunkBytes;
    private State _state = State.BetweenFrames;

    private enum State
    {
        BetweenFrames,
        Head,
        HeadThenEnd,
        Body,
        Malformed,
    }

    private static ReadOnlySpan<byte> Protocol => "MSRP "u8;

    /// <summary>The head of the current frame; valid from <see cref="MsrpFrameEvent.Head"/> until the next one.</summary>
    public MsrpFrameHead Head { get; } = new(options);

    /// <summary>The flag of the end-line, valid at <see cref="MsrpFrameEvent.End"/>.</summary>
    public MsrpFlag Flag { get; private set; }

    /// <summary>Why the input is malformed.</summary>
    public MsrpParseError Error { get; private set; }

    /// <summary>Octets read since the connection began: where an error is.</summary>
    public long Offset { get; private set; }

    /// <summary>Whether a frame has begun and not ended: octets that stop here were cut off.</summary>
    public bool IsInsideFrame => _state is State.Head or State.HeadThenEnd or State.Body;

    /// <summary>
    /// Takes the next event out of the input. Call again with the rest until <see cref="MsrpFrameEvent.NeedMoreData"/>.
    /// </summary>
    /// <param name="input">Octets, from where the last call stopped.</param>
    /// <param name="consumed">How many are used up; all of them at <see cref="MsrpFrameEvent.NeedMoreData"/>.</param>
    /// <param name="body">At <see cref="MsrpFrameEvent.Body"/> a piece of the body, valid until the next call.</param>
    public MsrpFrameEvent Read(ReadOnlySpan<byte> input, out int consumed, out ReadOnlySpan<byte> body)
    {
        body = default;
        consumed = 0;
        MsrpFrameEvent found = _state switch
        {
            State.BetweenFrames => ReadBetweenFrames(input, ref consumed),
            State.Head => ReadHead(input, ref consumed),
            State.HeadThenEnd => EndFrame(),
            State.Body => ReadBody(input, ref consumed, out body),
            _ => MsrpFrameEvent.Malformed,
        };
        Offset += consumed;
        return found;
    }

    // A CRLF between frames is no frame; some peers send them to keep a NAT binding open.
    private MsrpFrameEvent ReadBetweenFrames(ReadOnlySpan<byte> input, ref int consumed)
    {
        int start = input.IndexOfAnyExcept((byte)'\r', (byte)'\n');
        if (start < 0)
        {
            consumed = input.Length;
            return MsrpFrameEvent.NeedMoreData;
        }

        consumed = start;
        Head.Clear();
        _lineStart = 0;
        _state = State.Head;
        return ReadHead(input, ref consumed);
    }

    private MsrpFrameEvent ReadHead(ReadOnlySpan<byte> input, ref int consumed)
    {
        while (consumed < input.Length)
        {
            ReadOnlySpan<byte> rest = input[consumed..];
            if (Head.Length < Protocol.Length)
            {
                // What cannot become a frame is refused at once, not when a line ends that may never come.
                ReadOnlySpan<byte> begin = rest[..Math.Min(rest.Length, Protocol.Length - Head.Length)];
                if (!Protocol[Head.Length..].StartsWith(begin) || !Head.TryAppend(begin))
                {
                    return Malformed(MsrpParseError.BadStartLine);
                }

                consumed += begin.Length;
                continue;
            }

            int lineFeed = rest.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = lineFeed < 0 ? rest : rest[..(lineFeed + 1)];
            if (!Head.TryAppend(piece))
            {
                return Malformed(MsrpParseError.HeadTooLong);
            }

            consumed += piece.Length;
            if (lineFeed >= 0 && ReadLine() is { } found)
            {
                return found;
            }
        }

        return MsrpFrameEvent.NeedMoreData;
    }

    // A whole line stands at _lineStart. Null: it was a line of the head, read on.
    private MsrpFrameEvent? ReadLine()
    {
        int start = _lineStart;
        int length = Head.Length - start - 2;
        if (length < 0 || Head.Octets[^2] != '\r')
        {
            return Malformed(MsrpParseError.BareLineFeed);
        }

        if (start == 0)
        {
            MsrpParseError error = Head.ReadStartLine(length);
            if (error != MsrpParseError.None)
            {
                return Malformed(error);
            }

            PrepareEndLine();
        }
        else if (length == 0)
        {
            return CompleteHead(start, hasBody: true);
        }
        else if (IsEndLine(Head.Octets.Slice(start, length)))
        {
            Flag = (MsrpFlag)Head.Octets[start + length - 1];
            return CompleteHead(start, hasBody: false);
        }
        else if (!Head.TryReadHeader(start, length))
        {
            return Malformed(MsrpParseError.TooManyHeaders);
        }

        _lineStart = Head.Length;
        return null;
    }

    private void PrepareEndLine()
    {
        "\r\n-------"u8.CopyTo(_endLine);
        Head.TransactionId.CopyTo(_endLine.AsSpan(9));
        _endLinePrefix = 9 + Head.TransactionId.Length;
    }

    private bool IsEndLine(ReadOnlySpan<byte> line) =>
        line.Length == _endLinePrefix - 2 + 1
        && IsFlag(line[^1])
        && line[..^1].SequenceEqual(_endLine.AsSpan(2, _endLinePrefix - 2));

    private static bool IsFlag(byte octet) => octet is (byte)'$' or (byte)'+' or (byte)'#';

    private MsrpFrameEvent CompleteHead(int length, bool hasBody)
    {
        Head.Truncate(length);
        Head.HasBody = hasBody;
        Head.Complete();
        _state = hasBody ? State.Body : State.HeadThenEnd;
        _chunkBytes = 0;

        // An empty body may be closed by an end-line right after the blank line: its CRLF counts as the one before it.
        _matched = _virtualMatched = hasBody ? 2 : 0;
        return MsrpFrameEvent.Head;
    }

    private MsrpFrameEvent EndFrame()
    {
        _state = State.BetweenFrames;
        return MsrpFrameEvent.End;
    }

    private MsrpFrameEvent ReadBody(ReadOnlySpan<byte> input, scoped ref int consumed, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (_matched > 0)
        {
            if (ContinueEndLine(input, ref consumed))
            {
                return EndFrame();
            }

            if (consumed == input.Length && _matched > 0)
            {
                return MsrpFrameEvent.NeedMoreData;
            }

            // It was no end-line: what was held back is content.
            body = _endLine.AsSpan(_virtualMatched, Math.Max(0, _matched - _virtualMatched));
            _matched = _virtualMatched = 0;
            if (!body.IsEmpty)
            {
                return EmitBody(body);
            }
        }

        ReadOnlySpan<byte> rest = input[consumed..];
        int length = FindEndLine(rest);
        consumed += length;
        if (length > 0)
        {
            body = rest[..length];
            return EmitBody(body);
        }

        // The input begins with what may be the end-line.
        _matched = 0;
        return ContinueEndLine(rest, ref consumed) ? EndFrame() : ReadAfterCandidate(input, ref consumed, out body);
    }

    // ContinueEndLine stopped: at the end of the input, or because the candidate was content.
    private MsrpFrameEvent ReadAfterCandidate(ReadOnlySpan<byte> input, scoped ref int consumed, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (consumed == input.Length)
        {
            return MsrpFrameEvent.NeedMoreData;
        }

        body = _endLine.AsSpan(0, _matched);
        _matched = 0;
        return EmitBody(body);
    }

    private MsrpFrameEvent EmitBody(ReadOnlySpan<byte> body)
    {
        _chunkBytes += body.Length;
        if (Head.ContentType.IsEmpty)
        {
            // RFC 4975 7.1: no body without Content-Type. Only octets make a body; a stray blank line does not.
            Head.Fail(MsrpParseError.MissingContentType);
        }

        return _chunkBytes > options.MaxChunkBytes ? Malformed(MsrpParseError.ChunkTooLong) : MsrpFrameEvent.Body;
    }

    // How many octets of the input are surely content: all before the first CR that begins, or may begin, an end-line.
    private int FindEndLine(ReadOnlySpan<byte> input)
    {
        ReadOnlySpan<byte> prefix = _endLine.AsSpan(0, _endLinePrefix);
        int found = input.IndexOf(prefix);
        if (found >= 0)
        {
            return found;
        }

        int tail = Math.Max(0, input.Length - prefix.Length + 1);
        while (tail < input.Length)
        {
            int carriageReturn = input[tail..].IndexOf((byte)'\r');
            if (carriageReturn < 0)
            {
                break;
            }

            tail += carriageReturn;
            if (prefix.StartsWith(input[tail..]))
            {
                return tail;
            }

            tail++;
        }

        return input.Length;
    }

    // Matches on, octet by octet, from _matched. True: the end-line is complete. Else it stopped at the end of the
    // input (all consumed) or at an octet that does not fit (not consumed).
    private bool ContinueEndLine(ReadOnlySpan<byte> input, ref int consumed)
    {
        int position = 0;
        while (position < input.Length)
        {
            byte octet = input[position];
            if (_matched == _endLinePrefix + 2 && octet == '\n')
            {
                consumed += position + 1;
                Flag = (MsrpFlag)_endLine[_endLinePrefix];
                _matched = 0;
                return true;
            }

            if (!Fits(octet))
            {
                break;
            }

            _endLine[_matched++] = octet;
            position++;
        }

        consumed += position;
        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Fits(byte octet) =>
        _matched < _endLinePrefix ? _endLine[_matched] == octet
        : _matched == _endLinePrefix ? IsFlag(octet)
        : _matched == _endLinePrefix + 1 && octet == '\r';

    private MsrpFrameEvent Malformed(MsrpParseError error)
    {
        Error = error;
        _state = State.Malformed;
        return MsrpFrameEvent.Malformed;
    }
}
