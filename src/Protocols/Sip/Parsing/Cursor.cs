namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>A place in the octets of a message, and the first error met on the way.</summary>
internal ref struct Cursor(ReadOnlySpan<byte> octets, SipParseError error)
{
    /// <summary>The octets of the message.</summary>
    public readonly ReadOnlySpan<byte> Octets = octets;

    /// <summary>The next octet to be read.</summary>
    public int Position { get; set; }

    public SipParseError Error { get; private set; } = error;

    public int ErrorOffset { get; private set; }

    /// <summary>Whether nothing more can be made of the octets.</summary>
    public bool IsLost { get; private set; }

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
            var next = Octets[position..].IndexOfAny((byte)'\r', (byte)'\n');
            if (next < 0)
            {
                Lose(SipParseError.HeadNotEnded, Octets.Length);
                return default;
            }

            position += next;
            if (Octets[position] == (byte)'\n')
            {
                Fail(SipParseError.BareLineBreak, position);
                Position = position + 1;
                return Octets[lineStart..position];
            }

            if (position + 1 < Octets.Length && Octets[position + 1] == (byte)'\n')
            {
                Position = position + 2;
                return Octets[lineStart..position];
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
        while (!IsLost && !line.IsEmpty && Position < Octets.Length && Octets[Position] is (byte)' ' or (byte)'\t')
        {
            var lineStart = Position;
            var continuation = ReadLine();
            line = Octets[fieldStart..(lineStart + continuation.Length)];
        }

        return line;
    }
}
