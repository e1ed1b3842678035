namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>A place in the octets of a message, and the first error met on the way.</summary>
internal ref struct Cursor(ReadOnlySpan<byte> octets, SipParseError error)
{
    private readonly ReadOnlySpan<byte> _octets = octets;

    /// <summary>The next octet to be read.</summary>
    public int Position { get; private set; }

    public SipParseError Error { get; private set; } = error;

    public int ErrorOffset { get; private set; }

    /// <summary>Whether nothing more can be made of the octets.</summary>
    public bool IsLost { get; private set; }

    public readonly int Length => _octets.Length;

    /// <summary>Records an error, unless there was one before.</summary>
    public void Fail(SipParseError error, int offset)
    {
        if (Error == SipParseError.None)
        {
            Error = error;
            ErrorOffset = offset;
        }
    }

    /// <summary>Records an error after which reading cannot go on.</summary>
    public void Lose(SipParseError error, int offset)
    {
        Fail(error, offset);
        IsLost = true;
    }

    /// <summary>Reads to the next line end. A lone LF is an error, but ends the line: so the request can still be answered.</summary>
    public ReadOnlySpan<byte> ReadLine()
    {
        var lineStart = Position;
        var position = lineStart;
        while (true)
        {
            var next = _octets[position..].IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0)
            {
                Lose(SipParseError.HeadNotEnded, _octets.Length);
                return default;
            }

            position += next;
            if (_octets[position] == (byte)'\n')
            {
                Fail(SipParseError.BareLineBreak, position);
                Position = position + 1;
                return _octets[lineStart..position];
            }

            if (position + 1 < _octets.Length && _octets[position + 1] == (byte)'\n')
            {
                Position = position + 2;
                return _octets[lineStart..position];
            }

            Fail(SipParseError.BareLineBreak, position);
            position++;
        }
    }

    /// <summary>Reads a header line with the lines that continue it (RFC 3261 7.3.1), folds included.</summary>
    public ReadOnlySpan<byte> ReadFoldedLine()
    {
        var fieldStart = Position;
        var line = ReadLine();
        while (!line.IsEmpty && Position < _octets.Length && _octets[Position] is (byte)' ' or (byte)'\t')
        {
            var lineStart = Position;
            var continuation = ReadLine();
            line = _octets[fieldStart..(lineStart + continuation.Length)];
        }

        return line;
    }
}
