namespace PosteRestante.SipStack.Networking;

/// <summary>The bounds of TLS handshakes.</summary>
/// <param name="Timeout">How long one may take.</param>
/// <param name="MaxAtOnce">How many peers may be in one at a time.</param>
/// <param name="MaxPerPeer">How many of one address.</param>
public sealed record TlsHandshakeOptions(TimeSpan Timeout, int MaxAtOnce, int MaxPerPeer);
