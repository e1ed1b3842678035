namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>The digest algorithms of SIP, in the order of preference (RFC 8760 2.3, 2.4).</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256.</summary>
    Sha256,

    /// <summary>MD5: broken as a hash, accepted because most clients know nothing else.</summary>
    Md5,
}
