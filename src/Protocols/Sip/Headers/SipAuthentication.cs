namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// A challenge or credentials: WWW-Authenticate, Proxy-Authenticate, Authorization, Proxy-Authorization, Authentication-Info
/// without a scheme (RFC 3261 20.7, 20.44, 25.1; RFC 8760). Each stands in a field of its own, as its commas separate parameters.
/// </summary>
public readonly struct SipAuthentication
{
    private readonly SipText _parameters;

    private SipAuthentication(SipText scheme, SipText parameters)
    {
        Scheme = scheme;
        _parameters = parameters;
    }

    /// <summary>The scheme, <c>Digest</c>; compared without case.</summary>
    public SipText Scheme { get; }

    /// <summary>Whether the scheme is Digest.</summary>
    public bool IsDigest => Scheme.IsIgnoreCase("Digest"u8);

    /// <summary>
    /// Reads a value that is the whole of <paramref name="text"/>; false when it is malformed or names a parameter twice. What
    /// follows a scheme other than Digest is not looked at: it need not be parameters.
    /// </summary>
    public static bool TryParse(SipText text, out SipAuthentication authentication)
    {
        authentication = default;
        var span = text.Span;
        var length = SipSyntax.TokenLength(span);
        var start = SipSyntax.SkipWhitespace(span, length);
        if (length == 0 || start == length)
        {
            return false;
        }

        var candidate = new SipAuthentication(text.Part(0, length), text.Slice(start));
        if (candidate.IsDigest && !candidate.IsValid())
        {
            return false;
        }

        authentication = candidate;
        return true;
    }

    /// <summary>The raw value of a parameter (name without case), quotes included; false when it is absent.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out SipText value)
    {
        var reader = new Reader(_parameters);
        while (reader.Read())
        {
            if (reader.Name.IsIgnoreCase(name))
            {
                value = reader.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>The value of a parameter as text, quotes and backslashes taken off; null when it is absent.</summary>
    public string? GetText(ReadOnlySpan<byte> name) => TryGet(name, out var value) ? SipQuotedString.Decode(value) : null;

    private bool IsValid()
    {
        var reader = new Reader(_parameters);
        var count = 0;
        while (reader.Read())
        {
            count++;
            if (!IsFirst(reader.Name))
            {
                return false;
            }
        }

        return !reader.IsMalformed && count > 0;
    }

    private bool IsFirst(SipText name)
    {
        var reader = new Reader(_parameters);
        while (reader.Read() && reader.Name.Start != name.Start)
        {
            if (reader.Name.IsIgnoreCase(name))
            {
                return false;
            }
        }

        return true;
    }

    // name "=" ( token / quoted-string ) *( COMMA … )
    private ref struct Reader(SipText text)
    {
        private readonly SipText _text = text;
        private int _position;

        public SipText Name { get; private set; }

        public SipText Value { get; private set; }

        public bool IsMalformed { get; private set; }

        public bool Read()
        {
            var span = _text.Span;
            var start = SipSyntax.SkipWhitespace(span, _position);
            if (start == span.Length)
            {
                IsMalformed |= _position > 0 && span[_position - 1] == (byte)','; // a comma with nothing behind it
                return false;
            }

            var nameEnd = SipOctets.Skip(span, start, SipOctets.Token);
            var equals = SipSyntax.SkipWhitespace(span, nameEnd);
            if (nameEnd == start || equals == span.Length || span[equals] != (byte)'=')
            {
                return Fail();
            }

            var valueStart = SipSyntax.SkipWhitespace(span, equals + 1);
            var rest = span[valueStart..];
            var valueLength = !rest.IsEmpty && rest[0] == (byte)'"' ? SipSyntax.QuotedLength(rest) : PlainLength(rest);
            if (valueLength <= 0)
            {
                return Fail();
            }

            Name = _text.Part(start, nameEnd - start);
            Value = _text.Part(valueStart, valueLength);
            _position = SipSyntax.SkipWhitespace(span, valueStart + valueLength);
            if (_position < span.Length && span[_position++] != (byte)',')
            {
                return Fail();
            }

            return true;
        }

        private static int PlainLength(ReadOnlySpan<byte> text)
        {
            var length = text.IndexOfAny(SipSyntax.ValueEnd);
            return length < 0 ? text.Length : length;
        }

        private bool Fail()
        {
            IsMalformed = true;
            return false;
        }
    }
}
