using System.Net;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>Sees every SIP message that passes, malformed ones included: for a trace or a ladder. Called on the loop.</summary>
public interface IWireObserver
{
    /// <summary>A message came, or was handed to the network.</summary>
    /// <param name="direction">Which way.</param>
    /// <param name="transport">Over what.</param>
    /// <param name="local">Our end point.</param>
    /// <param name="remote">The peer's end point.</param>
    /// <param name="octets">The message; valid during the call only.</param>
    void OnFrame(WireDirection direction, SipTransportKind transport, IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> octets);
}
