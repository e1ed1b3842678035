namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// A cursor over <c>*( separator name [ "=" value ] )</c>: the semicolon parameters of header fields and URIs, and the
/// comma separated ones of credentials and challenges (RFC 3261 25.1). Semicolon parameters end also before a comma: there the
/// next value of a list begins.
/// </summary>
internal ref struct SipParameterReader(ReadOnlySpan<byte> octets, int start, byte nameClass, byte separator = (byte)';')
{
    private readonly ReadOnlySpan<byte> _text = octets;
    private int _position = start;

    public int NameStart { get; private set; }

    public int NameLength { get; private set; }

    public int ValueStart { get; private set; }

    /// <summary>0 when there is no value; a present value is never empty (a quoted one has its quotes).</summary>
    public int ValueLength { get; private set; }

    /// <summary>Where reading stopped: at a comma or the end.</summary>
    public readonly int Position => _position;

    /// <summary>Whether reading stopped before the end because of a syntax error.</summary>
    public bool IsMalformed { get; private set; }

    public readonly ReadOnlySpan<byte> Name => _text.Slice(NameStart, NameLength);

    public readonly ReadOnlySpan<byte> Value => _text.Slice(ValueStart, ValueLength);

    /// <summary>Moves to the next parameter; false at the end and at a syntax error.</summary>
    public bool Read()
    {
        var text = _text;
        var position = SipSyntax.SkipWhitespace(text, _position);
        _position = position;
        if (position == text.Length)
        {
            return false;
        }

        if (text[position] != separator)
        {
            return text[position] != (byte)',' && Fail();
        }

        position = SipSyntax.SkipWhitespace(text, position + 1);
        NameStart = position;
        position = SipOctets.Skip(text, position, nameClass);
        NameLength = position - NameStart;
        if (NameLength == 0)
        {
            return Fail();
        }

        position = SipSyntax.SkipWhitespace(text, position);
        if (position < text.Length && text[position] == (byte)'=')
        {
            return ReadValue(SipSyntax.SkipWhitespace(text, position + 1));
        }

        ValueStart = position;
        ValueLength = 0;
        _position = position;
        return true;
    }

    private bool ReadValue(int position)
    {
        var rest = _text[position..];
        if (rest.IsEmpty)
        {
            return Fail();
        }

        var length = rest[0] == (byte)'"' ? SipSyntax.QuotedLength(rest) : rest.IndexOfAny(SipSyntax.ValueEnd);
        ValueStart = position;
        ValueLength = length < 0 && rest[0] != (byte)'"' ? rest.Length : length;
        _position = position + ValueLength;
        return ValueLength > 0 || Fail();
    }

    private bool Fail()
    {
        IsMalformed = true;
        return false;
    }
}
