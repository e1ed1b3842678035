namespace PosteRestante.Protocols.Sip;

/// <summary>
/// A SIP method. Unknown methods are kept as they came; methods are compared with case (RFC 3261 7.1).
/// </summary>
public readonly record struct SipMethod
{
    private static readonly SipMethod[] Known =
    [
        new("MESSAGE"), new("INVITE"), new("ACK"), new("BYE"), new("CANCEL"), new("OPTIONS"), new("REGISTER"),
        new("NOTIFY"), new("SUBSCRIBE"), new("PUBLISH"), new("REFER"), new("INFO"), new("UPDATE"), new("PRACK"),
    ];

    private readonly string? _name;

    private SipMethod(string name) => _name = name;

    /// <summary>RFC 3428.</summary>
    public static SipMethod Message => Known[0];

    /// <summary>RFC 3261 13.</summary>
    public static SipMethod Invite => Known[1];

    /// <summary>RFC 3261 13.2.2.4.</summary>
    public static SipMethod Ack => Known[2];

    /// <summary>RFC 3261 15.</summary>
    public static SipMethod Bye => Known[3];

    /// <summary>RFC 3261 9.</summary>
    public static SipMethod Cancel => Known[4];

    /// <summary>RFC 3261 11.</summary>
    public static SipMethod Options => Known[5];

    /// <summary>RFC 3261 10.</summary>
    public static SipMethod Register => Known[6];

    /// <summary>RFC 6665.</summary>
    public static SipMethod Notify => Known[7];

    /// <summary>RFC 6665.</summary>
    public static SipMethod Subscribe => Known[8];

    /// <summary>RFC 3903.</summary>
    public static SipMethod Publish => Known[9];

    /// <summary>RFC 3515.</summary>
    public static SipMethod Refer => Known[10];

    /// <summary>RFC 6086.</summary>
    public static SipMethod Info => Known[11];

    /// <summary>RFC 3311.</summary>
    public static SipMethod Update => Known[12];

    /// <summary>RFC 3262.</summary>
    public static SipMethod Prack => Known[13];

    /// <summary>The method as it stands on the wire; empty for <c>default</c>.</summary>
    public string Name => _name ?? string.Empty;

    /// <summary>Whether this is <c>default</c>, which is no method.</summary>
    public bool IsDefault => _name is null;

    /// <summary>Whether this is one of the methods named here.</summary>
    public bool IsKnown => Array.IndexOf(Known, this) >= 0;

    /// <summary>The method named <paramref name="token"/>. A known method costs no allocation.</summary>
    /// <exception cref="ArgumentException">The text is no token.</exception>
    public static SipMethod Parse(string token) =>
        TryParse(SipText.From(token), out var method)
            ? method
            : throw new ArgumentException("A method is a token (RFC 3261 25.1).", nameof(token));

    /// <summary>Reads a method; false when <paramref name="token"/> is no token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> token, out SipMethod method)
    {
        foreach (var known in Known)
        {
            if (Matches(known._name!, token))
            {
                method = known;
                return true;
            }
        }

        method = SipSyntax.IsToken(token) ? new SipMethod(System.Text.Encoding.ASCII.GetString(token)) : default;
        return !method.IsDefault;
    }

    /// <summary>Whether this is the method that <paramref name="token"/> names.</summary>
    public bool Is(ReadOnlySpan<byte> token) => Matches(Name, token);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool Matches(string name, ReadOnlySpan<byte> token)
    {
        if (name.Length != token.Length)
        {
            return false;
        }

        for (var i = 0; i < token.Length; i++)
        {
            if (name[i] != token[i])
            {
                return false;
            }
        }

        return true;
    }
}
