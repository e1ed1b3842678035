using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Tests.Torture;

/// <summary>
/// What the service hands to the network. A torture message names hosts that are not this test, and a response goes to the
/// port its Via says; so it is read here.
/// </summary>
internal sealed class SentResponses(SipEndpoint sip) : IHostedService, IWireObserver
{
    private readonly Channel<SipMessage> _sent = Channel.CreateUnbounded<SipMessage>();

    public ChannelReader<SipMessage> Sent => _sent.Reader;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        sip.Transports.Observer = this; // nothing is received yet
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void OnFrame(WireDirection direction, SipTransportKind transport, IPEndPoint local, IPEndPoint remote, ReadOnlySpan<byte> octets)
    {
        if (direction == WireDirection.Sent)
        {
            var message = new SipMessage();
            SipMessageParser.Unlimited.Parse(message, octets.ToArray());
            _sent.Writer.TryWrite(message);
        }
    }
}
