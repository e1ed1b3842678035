namespace PosteRestante.Protocols.Sdp;

/// <summary>The <c>o=</c> line (RFC 8866 5.2).</summary>
/// <param name="UserName">The user, <c>-</c> for none.</param>
/// <param name="SessionId">Digits.</param>
/// <param name="SessionVersion">Digits; one more in each changed description of the same session (RFC 3264 8).</param>
/// <param name="NetType">Usually <c>IN</c>.</param>
/// <param name="AddrType"><c>IP4</c> or <c>IP6</c>.</param>
/// <param name="Address">Where the session was made.</param>
public sealed record SdpOrigin(
    string UserName, string SessionId, string SessionVersion, string NetType, string AddrType, string Address)
{
    /// <inheritdoc/>
    public override string ToString() => $"{UserName} {SessionId} {SessionVersion} {NetType} {AddrType} {Address}";
}
