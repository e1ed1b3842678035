namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>
/// The parameters of a header field or a URI, raw from the first semicolon on; read where they stand, by name or in order.
/// </summary>
public readonly struct SipParameters(SipText text) : IEquatable<SipParameters>
{
    /// <summary>The parameters as they came, first semicolon included; empty when there are none.</summary>
    public SipText Text { get; } = text;

    /// <summary>Whether there is no parameter.</summary>
    public bool IsEmpty => Text.IsEmpty;

    /// <summary>Octet for octet.</summary>
    public static bool operator ==(SipParameters left, SipParameters right) => left.Equals(right);

    /// <summary>Not octet for octet.</summary>
    public static bool operator !=(SipParameters left, SipParameters right) => !left.Equals(right);

    /// <summary>The raw value of the first parameter of this name (without case); empty when it has none. False when there is no such parameter.</summary>
    public bool TryGet(ReadOnlySpan<byte> name, out SipText value)
    {
        if (!Text.IsEmpty)
        {
            var reader = new SipParameterReader(Text.Span, 0, SipOctets.ParameterName);
            while (reader.Read())
            {
                if (SipSyntax.EqualsIgnoreCase(reader.Name, name))
                {
                    value = Text.Part(reader.ValueStart, reader.ValueLength);
                    return true;
                }
            }
        }

        value = default;
        return false;
    }

    /// <summary>The raw value of the first parameter of this name; empty when it or the parameter is absent.</summary>
    public SipText Get(ReadOnlySpan<byte> name)
    {
        _ = TryGet(name, out var value);
        return value;
    }

    /// <summary>Whether there is a parameter of this name.</summary>
    public bool Contains(ReadOnlySpan<byte> name) => TryGet(name, out _);

    /// <summary>The parameters in order.</summary>
    public Enumerator GetEnumerator() => new(Text);

    /// <inheritdoc/>
    public bool Equals(SipParameters other) => Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SipParameters other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Text.ToString();

    /// <summary>Whether <paramref name="text"/> is <c>*( SEMI generic-param )</c> from <paramref name="start"/> to its end.</summary>
    internal static bool AreValid(ReadOnlySpan<byte> text, int start)
    {
        var reader = new SipParameterReader(text, start, SipOctets.Token);
        bool isMore;
        do
        {
            isMore = reader.Read();
        }
        while (isMore);

        return !reader.IsMalformed && reader.Position == text.Length;
    }

    /// <summary>Goes through the parameters in order; ends early at a syntax error, which parsed values do not have.</summary>
    public ref struct Enumerator
    {
        private readonly SipText _text;
        private SipParameterReader _reader;

        internal Enumerator(SipText text)
        {
            _text = text;
            _reader = new SipParameterReader(text.Span, 0, SipOctets.ParameterName);
        }

        /// <summary>The parameter at hand.</summary>
        public readonly SipParameter Current => new(
            _text.Part(_reader.NameStart, _reader.NameLength),
            _text.Part(_reader.ValueStart, _reader.ValueLength));

        /// <summary>Moves on.</summary>
        public bool MoveNext() => _reader.Read();
    }
}
