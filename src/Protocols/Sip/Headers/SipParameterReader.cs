using System.Buffers;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// A cursor over <c>*( separator name [ "=" value ] )</c>: the semicolon parameters of header fields and URIs, and the
/// comma separated ones of credentials and challenges (RFC 3261 25.1).
/// </summary>
internal ref struct SipParameterReader(ReadOnlySpan<byte> text, byte separator = (byte)';')
{
    private static readonly SearchValues<byte> NameEnd = SearchValues.Create("=;,\"<> \t\r\n"u8);

    private readonly ReadOnlySpan<byte> _text = text;
    private int _position;

    public int NameStart { get; private set; }

    public int NameLength { get; private set; }

    public int ValueStart { get; private set; }

    /// <summary>0 when there is no value; a present value is never empty (a quoted one has its quotes).</summary>
    public int ValueLength { get; private set; }

    /// <summary>Whether reading stopped before the end because of a syntax error.</summary>
    public bool IsMalformed { get; private set; }

    public readonly ReadOnlySpan<byte> Name => _text.Slice(NameStart, NameLength);

    public readonly ReadOnlySpan<byte> Value => _text.Slice(ValueStart, ValueLength);

    /// <summary>Moves to the next parameter; false at the end and at a syntax error.</summary>
    public bool Read()
    {
        var position = SipSyntax.SkipWhitespace(_text, _position);
        if (position == _text.Length)
        {
            return false;
        }

        if (_text[position] != separator)
        {
            return Fail();
        }

        position = SipSyntax.SkipWhitespace(_text, position + 1);
        var rest = _text[position..];
        var length = rest.IndexOfAny(NameEnd);
        NameStart = position;
        NameLength = length < 0 ? rest.Length : length;
        if (NameLength == 0)
        {
            return Fail();
        }

        position = SipSyntax.SkipWhitespace(_text, position + NameLength);
        if (position < _text.Length && _text[position] == (byte)'=')
        {
            return ReadValue(SipSyntax.SkipWhitespace(_text, position + 1));
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
