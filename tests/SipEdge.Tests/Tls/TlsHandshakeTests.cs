using System.Net.Sockets;
using System.Security.Authentication;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>Peers that connect to a TLS port and do not speak TLS as they should. Real sockets.</summary>
public sealed class TlsHandshakeTests(ServiceWithShortHandshakes service) : IClassFixture<ServiceWithShortHandshakes>
{
    // The beginning of a ClientHello that says that 512 octets follow.
    private static readonly byte[] Begun = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PlainText_ToATlsPort_IsCutWithoutAnAnswer(bool isMsrp)
    {
        using var peer = await ConnectAsync(isMsrp ? service.Msrps : service.Sips);
        await peer.GetStream().WriteAsync(
            RawSip.Octets("OPTIONS sip:im.example.net SIP/2.0\nVia: SIP/2.0/TLS 127.0.0.1;branch=z9hG4bK1\n\n"), TestContext.Current.CancellationToken);

        (await ReadToEndAsync(peer)).ShouldNotContain("SIP/2.0");
        await IsServedAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    public async Task Handshake_ThatNeverEnds_IsCut(int octets)
    {
        using var peer = await ConnectAsync(service.Sips);
        await peer.GetStream().WriteAsync(Begun.AsMemory(0, octets), TestContext.Current.CancellationToken);

        await ReadToEndAsync(peer);
        await IsServedAsync();
    }

    [Fact]
    public async Task Handshake_OctetByOctet_IsCutAllTheSame()
    {
        using var peer = await ConnectAsync(service.Msrps);
        var end = ReadToEndAsync(peer);

        // As slowly as it likes: what counts is that the handshake is not through in time.
        for (var next = 0; !end.IsCompleted && next < Begun.Length; next++)
        {
            try
            {
                await peer.GetStream().WriteAsync(Begun.AsMemory(next, 1), TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                break;
            }

            await Task.WhenAny(end, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System));
        }

        await end;
        await IsServedAsync();
    }

    [Fact]
    public async Task Handshakes_TooManyOfOnePeer_TheLaterAreCutAndTheFirstMayGoOn()
    {
        var peers = new List<TcpClient>();
        for (var number = 0; number < ServiceWithShortHandshakes.PerPeer * 4; number++)
        {
            peers.Add(await ConnectAsync(service.Sips));
        }

        await Task.WhenAll(peers.Select(ReadToEndAsync)); // some at once, the others when their time is over
        peers.ForEach(static peer => peer.Dispose());
        await IsServedAsync();
    }

    // What is cut at once may be cut before this side knows that it was connected.
    private static async Task<TcpClient> ConnectAsync(System.Net.IPEndPoint server)
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
                peer.Dispose();
            }
        }
    }

    private static async Task<string> ReadToEndAsync(TcpClient peer)
    {
        using var patience = new CancellationTokenSource(TestKit.Polling.Patience, TimeProvider.System);
        try
        {
            using var reader = new StreamReader(peer.GetStream(), System.Text.Encoding.Latin1, leaveOpen: true);
            return await reader.ReadToEndAsync(patience.Token);
        }
        catch (Exception cut) when (cut is IOException or SocketException)
        {
            return string.Empty;
        }
    }

    // Tests of one class run one after the other, but the service may still count one that was just cut.
    private async Task IsServedAsync()
    {
        while (true)
        {
            try
            {
                using var peer = new RawTcpSip(service.Sips, service.ClientSettings());
                using var text = new RawSip(service.Sip);
                (await peer.ExchangeAsync(text.Request("OPTIONS", "sip:im.example.net"))).StatusCode.ShouldBe(200);
                return;
            }
            catch (Exception cut) when (cut is IOException or SocketException or AuthenticationException)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
