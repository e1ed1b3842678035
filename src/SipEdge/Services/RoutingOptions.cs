namespace PosteRestante.SipEdge.Services;

/// <summary>Where requests that the function originates go.</summary>
public sealed class RoutingOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Routing";

    /// <summary>
    /// The core in front, which knows where users are: an address such as <c>sip:192.0.2.1:5060;transport=tcp</c>, or with
    /// <c>;transport=tls</c>. Default empty:
    /// stand-alone, and a push goes to where the user is registered, else back over the flow
    /// that its PUBLISH came over, never to an address that a user names.
    /// </summary>
    public string NextHop { get; set; } = string.Empty;

    /// <summary>
    /// The host name that the certificate of a next hop over TLS must carry (RFC 5922 7.2). Default empty: its IP address, as
    /// <see cref="NextHop"/> names it.
    /// </summary>
    public string NextHopName { get; set; } = string.Empty;
}
