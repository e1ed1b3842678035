namespace PosteRestante.Protocols.Sip;

/// <summary>The schemes a SIP element tells apart.</summary>
public enum SipUriScheme : byte
{
    /// <summary><c>default</c>: no URI.</summary>
    None,

    /// <summary><c>sip:</c>, RFC 3261 19.1.</summary>
    Sip,

    /// <summary><c>sips:</c>, RFC 3261 19.1.</summary>
    Sips,

    /// <summary><c>tel:</c>, RFC 3966.</summary>
    Tel,

    /// <summary>Any other scheme; only <see cref="SipUri.SchemeText"/> and <see cref="SipUri.Opaque"/> are told.</summary>
    Other,
}
