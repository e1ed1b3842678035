namespace PosteRestante.SipEdge.Identity;

/// <summary>Whose word on identity is taken (profile 2.5, RFC 3325).</summary>
public sealed class IdentityOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Identity";

    /// <summary>
    /// Addresses or networks (<c>192.0.2.7</c>, <c>10.1.0.0/16</c>, <c>::1</c>) of the SIP core whose P-Asserted-Identity is
    /// believed. From anyone else that header is not used in any way. Default: none.
    /// </summary>
    public IList<string> TrustedPeers { get; init; } = [];
}
