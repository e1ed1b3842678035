namespace PosteRestante.SipEdge.Services;

/// <summary>
/// Where peers reach this node: known once its listeners are bound, and set by the host before any of them takes a request.
/// </summary>
public sealed class EdgeAddress
{
    /// <summary>The host of Contact and of MSRP paths; an IPv6 address without brackets.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>The port of SIP over UDP and TCP.</summary>
    public int SipPort { get; set; }

    /// <summary>The port of MSRP over TCP.</summary>
    public int MsrpPort { get; set; }

    /// <summary>The host as it stands in a URI.</summary>
    public string UriHost => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
}
