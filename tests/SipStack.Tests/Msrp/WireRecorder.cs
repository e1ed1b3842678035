using System.Net;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Makes frames of what passes at an endpoint.</summary>
internal sealed class WireRecorder : IMsrpWireObserver
{
    private readonly FrameLog _sent = new();
    private readonly FrameLog _received = new(isStrict: false);

    public IReadOnlyList<WireFrame> Sent => _sent.Frames;

    public IReadOnlyList<WireFrame> Received => _received.Frames;

    /// <summary>How often octets were handed to the network.</summary>
    public int Writes { get; private set; }

    public void OnOctets(bool isSent, EndPoint? local, EndPoint? remote, ReadOnlySpan<byte> octets)
    {
        Writes += isSent ? 1 : 0;
        (isSent ? _sent : _received).Add(octets);
    }
}
