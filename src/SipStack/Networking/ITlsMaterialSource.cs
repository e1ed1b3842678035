namespace PosteRestante.SipStack.Networking;

/// <summary>Gives what TLS works with now. It may change between two handshakes; connections that stand are not touched.</summary>
public interface ITlsMaterialSource
{
    /// <summary>What a handshake that begins now is made with. Called from any thread.</summary>
    TlsMaterial Current { get; }
}
