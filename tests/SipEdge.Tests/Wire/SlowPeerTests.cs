using System.Net;
using System.Net.Sockets;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Push;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>
/// Peers that hold what is limited: connections, time, dialogs. Real sockets; every wait ends when the service does what it should.
/// </summary>
public sealed class SlowPeerTests(ServiceWithLittlePatience service) : IClassFixture<ServiceWithLittlePatience>
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(false, "")] // nothing ever comes
    [InlineData(false, "OPTIONS sip:im.example.net SIP/2.0\nVia: ")] // begun and never finished
    [InlineData(true, "")] // no first SEND
    [InlineData(true, "MSRP abcd SEND\nTo-Path: msrp://")]
    public async Task Connection_OnWhichNothingMoves_IsClosed(bool isMsrp, string begun)
    {
        using var peer = await ConnectAsync(isMsrp ? service.Msrp : service.Sip);
        await peer.GetStream().WriteAsync(RawSip.Octets(begun), TestContext.Current.CancellationToken);

        await ReadToEndAsync(peer);
        await IsServedAsync();
    }

    [Theory]
    [InlineData(false, "OPTIONS sip:im.example.net SIP/2.0\nX: ")]
    [InlineData(true, "MSRP abcd SEND\nX: ")]
    public async Task Connection_ThatTrickles_IsClosed(bool isMsrp, string begun)
    {
        using var peer = await ConnectAsync(isMsrp ? service.Msrp : service.Sip);
        await peer.GetStream().WriteAsync(RawSip.Octets(begun), TestContext.Current.CancellationToken);
        var end = ReadToEndAsync(peer);
        while (!end.IsCompleted)
        {
            try
            {
                await peer.GetStream().WriteAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
            }
            catch (Exception cut) when (cut is IOException or InvalidOperationException)
            {
                break;
            }

            await Task.WhenAny(end, Task.Delay(Pause, TimeProvider.System));
        }

        await end;
        await IsServedAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Connections_OfOnePeerOverTheLimit_AreClosedAndOthersAreServedAgainAfterThem(bool isMsrp)
    {
        var peers = new List<TcpClient>();
        for (var number = 0; number < ServiceWithLittlePatience.PerPeer * 3; number++)
        {
            peers.Add(await ConnectAsync(isMsrp ? service.Msrp : service.Sip));
        }

        await Task.WhenAll(peers.Select(ReadToEndAsync)); // some at once, the others when their time is over
        peers.ForEach(static peer => peer.Dispose());
        await IsServedAsync();
    }

    [Fact]
    public async Task Invite_WhoseAnswerIsNeverAcknowledged_EndsWithByeAndItsPlaceIsFree()
    {
        using var callee = new RawCallee(service, "dave");
        await callee.DepositAsync("waits");
        using var caller = new RawSip(service.Sip);
        using var other = new RawSip(service.Sip);
        (await caller.ExchangeAsync(Invite(caller))).StatusCode.ShouldBe(200);
        var refused = await other.ExchangeAsync(Invite(other));
        refused.StatusCode.ShouldBe(503, refused.ToString()); // the one dialog there may be
        refused.Contains(SipHeaderName.RetryAfter).ShouldBeTrue();

        SipMessage bye;
        do
        {
            bye = await caller.ReceiveAsync(); // the 200 comes again and again before
        }
        while (!bye.IsRequest);
        bye.Method.ShouldBe(SipMethod.Bye);
        caller.Accept(bye);

        using var call = await AcceptedAsync();
        await call.OpenAsync();
        (await call.TakeAsync()).ShouldContain("waits");
        await call.TakeByeAsync();
    }

    // The dialog ends when the 200 to its BYE is there, which may be a little later.
    private async Task<RawRetrieval> AcceptedAsync()
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await RawRetrieval.BeginAsync(service, "dave");
            }
            catch (ShouldAssertException) when (attempt < 50)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    private static string Invite(RawSip peer) => peer.Request(
        "INVITE",
        "sip:Deferred@im.example.net",
        $"Contact: <sip:dave@{peer.Local}>\nP-Asserted-Identity: <sip:dave@example.net>\nContent-Type: application/sdp\n",
        RawRetrieval.Offer());

    private static async Task<TcpClient> ConnectAsync(IPEndPoint server)
    {
        while (true)
        {
            var peer = new TcpClient { NoDelay = true };
            try
            {
                await peer.ConnectAsync(server, TestContext.Current.CancellationToken);
                return peer;
            }
            catch (SocketException)
            {
                peer.Dispose(); // cut before this side knew that it was connected
            }
        }
    }

    private static async Task ReadToEndAsync(TcpClient peer)
    {
        using var patience = new CancellationTokenSource(Polling.Patience, TimeProvider.System);
        var octets = new byte[4096];
        try
        {
            while (await peer.GetStream().ReadAsync(octets, patience.Token) > 0)
            {
                // What comes before the end does not matter.
            }
        }
        catch (Exception cut) when (cut is IOException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task IsServedAsync()
    {
        using var text = new RawSip(service.Sip);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var peer = new RawTcpSip(service.Sip);
                (await peer.ExchangeAsync(text.Request("OPTIONS", "sip:im.example.net"))).StatusCode.ShouldBe(200);
                return;
            }
            catch (Exception cut) when (cut is IOException or SocketException or ShouldAssertException && attempt < 100)
            {
                await Task.Delay(Pause, TimeProvider.System); // one that was just cut may still be counted
            }
        }
    }
}
