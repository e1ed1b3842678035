using System.Net;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// Sees every octet of MSRP that passes, for a trace or a ladder; a <c>MsrpFrameReader</c> for each connection and
/// direction makes frames of them. Called on the loop.
/// </summary>
public interface IMsrpWireObserver
{
    /// <summary>Octets came, or were handed to the network, in the order of the stream and in any cut.</summary>
    /// <param name="isSent">Whether they are ours.</param>
    /// <param name="local">Our end point.</param>
    /// <param name="remote">The peer's end point.</param>
    /// <param name="octets">Valid during the call only.</param>
    void OnOctets(bool isSent, EndPoint? local, EndPoint? remote, ReadOnlySpan<byte> octets);
}
