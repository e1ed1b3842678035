using System.Net;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>A transport that swallows what is sent.</summary>
internal sealed class SinkTransport : ISipTransport
{
    public int Sent { get; private set; }

    public SipTransportKind Kind => SipTransportKind.Udp;

    public string SentByHost => "127.0.0.1";

    public int SentByPort => 5060;

    public void Start(ISipReceiver receiver)
    {
        // The test hands messages in itself.
    }

    public SipFlow? FindFlow(IPEndPoint remote) => null;

    public ValueTask<SipFlow?> OpenFlowAsync(IPEndPoint remote) => default;

    public SipSendResult Send(SipFlow flow, ReadOnlySpan<byte> octets)
    {
        Sent++;
        return SipSendResult.Sent;
    }

    public ValueTask DisposeAsync() => default;
}
