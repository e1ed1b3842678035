using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipStack.Tests.Networking;

/// <summary>Requests over TLS to a peer that is, or is not, who it has to be. Real sockets.</summary>
public sealed class TlsConnectorTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _stranger = new();
    private readonly RealStack _stack = new();
    private readonly Meter _meter = new("tls");

    public async ValueTask DisposeAsync()
    {
        await _stack.DisposeAsync();
        _authority.Dispose();
        _stranger.Dispose();
        _meter.Dispose();
    }

    [Theory]
    [InlineData("core.example.net", "core.example.net")]
    [InlineData("127.0.0.1", null)] // no name is known: its address
    public async Task Request_PeerHasTheName_ArrivesWithTlsInItsVia(string certified, string? asked)
    {
        await using var peer = new TlsPeer(_authority, certified);

        var sent = SendAsync(peer, asked);

        (await peer.Received.WaitAsync(Patience, TimeProvider.System)).ShouldStartWith("OPTIONS sip:core.example.net SIP/2.0");
        await sent; // the peer closes without an answer
    }

    [Theory]
    [InlineData("other.example.net", "core.example.net")]
    [InlineData("core.example.net", null)]
    public async Task Request_PeerHasAnotherName_IsNotSent(string certified, string? asked)
    {
        await using var peer = new TlsPeer(_authority, certified);

        (await SendAsync(peer, asked)).Failure.ShouldBe(SipTransactionFailure.Unreachable);

        peer.Received.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Request_NobodyTrustedVouchesForThePeer_IsNotSent()
    {
        await using var peer = new TlsPeer(_stranger, "core.example.net");

        (await SendAsync(peer, "core.example.net")).Failure.ShouldBe(SipTransactionFailure.Unreachable);

        peer.Received.IsCompleted.ShouldBeFalse();
    }

    private async Task<SipClientResult> SendAsync(TlsPeer peer, string? name)
    {
        var names = new Dictionary<IPEndPoint, string>();
        if (name is not null)
        {
            names[peer.EndPoint] = name;
        }

        var connector = new TlsConnector(
            _stack.Connector, new Trust(_authority), TimeProvider.System, new TlsInstruments(_meter), NullLogger<TlsConnector>.Instance);
        _stack.Endpoint.AddStream(SipTransportKind.Tls, RealStack.AnyPort, new TlsNames(connector, names));
        return await _stack.Loop.InvokeAsync(() =>
        {
            var request = _stack.Endpoint.Dialogs.StartRequest(
                SipMethod.Options, SipUri.Parse("sip:core.example.net"), "<sip:a@example.net>", "<sip:core.example.net>");
            return _stack.Endpoint.Dialogs.SendAsync(request, new SipDestination(SipTransportKind.Tls, peer.EndPoint));
        }).WaitAsync(Patience, TimeProvider.System);
    }

    private sealed class Trust(TestAuthority authority) : ITlsMaterialSource
    {
        public TlsMaterial Current { get; } = new() { PeerAuthorities = authority.Trusted };
    }
}
