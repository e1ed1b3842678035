namespace PosteRestante.Protocols.Sdp;

/// <summary>A <c>c=</c> line (RFC 8866 5.7).</summary>
/// <param name="NetType">Usually <c>IN</c>.</param>
/// <param name="AddrType"><c>IP4</c> or <c>IP6</c>.</param>
/// <param name="Address">The address.</param>
public sealed record SdpConnection(string NetType, string AddrType, string Address)
{
    /// <summary>The line for an address or host name.</summary>
    public static SdpConnection For(string host)
    {
        string bare = host.Trim('[', ']');
        return new SdpConnection("IN", bare.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4", bare);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{NetType} {AddrType} {Address}";
}
