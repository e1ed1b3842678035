using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.Interop.Tests.Sipp;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Kamailio;

/// <summary>
/// Pushes through Kamailio to a user who is registered there; his user agent is sipp. INVITE, ACK and BYE of the service go by
/// Kamailio's Record-Route, MSRP goes direct.
/// </summary>
public sealed class KamailioPushTests
{
    private const string Text = "Message for a user who is away.";

    [Theory]
    [InlineData("u1", "push-taken.xml", 1)]
    [InlineData("t1", "push-taken.xml", 1)]
    [InlineData("u1", "push-interval.xml", 2)]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-1h", "DM-12.2.2.2-R2", "DM-12.2.2.5-3", "D1")]
    public async Task User_PublishesThroughKamailio_IsCalledThroughItAndGivenAll(string transport, string scenario, int calls)
    {
        var sipp = Peers.Require("sipp");
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        var (proxyPort, phonePort) = (Ports.Free(), Ports.Free());
        var server = await StartServerAsync(folder, proxyPort, transport);
        await using var phone = new SippCallee(sipp, folder, transport, phonePort, server);
        using var proxy = await KamailioProxy.StartAtAsync(proxyPort, folder.Path, server.Sip.Port);
        await DepositAsync(proxy, transport);

        using var called = await phone.ListenAsync(scenario, "-m", $"{calls}");
        using var bob = new UdpPeer();
        await bob.RegisterAsync(proxy, "bob", ContactOf(phonePort, transport));
        await bob.PublishAsync(proxy, "bob");

        await phone.TakeMessageAsync(called, Text);
        await called.EndAsync(); // its scenario ends with the BYE of the service
        await using var collector = Start(proxy.ClientOf("bob"));
        (await collector.PullAsync(static _ => ValueTask.CompletedTask)).IsEmpty.ShouldBeTrue();
    }

    [Theory]
    [InlineData("push-busy.xml")]
    [InlineData("push-silent.xml")]
    [Requirement("DM-12.2.2.2-R4")]
    public async Task User_DoesNotTakeThePushThroughKamailio_KeepsHisMessages(string scenario)
    {
        var sipp = Peers.Require("sipp");
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        var (proxyPort, phonePort) = (Ports.Free(), Ports.Free());
        var server = await StartServerAsync(folder, proxyPort, "u1", "--Push:AnswerWait=00:00:01");
        await using var phone = new SippCallee(sipp, folder, "u1", phonePort, server);
        using var proxy = await KamailioProxy.StartAtAsync(proxyPort, folder.Path, server.Sip.Port);
        await DepositAsync(proxy, "u1");

        using var called = await phone.ListenAsync(scenario, "-m", "1");
        using var bob = new UdpPeer();
        await bob.RegisterAsync(proxy, "bob", ContactOf(phonePort, "u1"));
        await bob.PublishAsync(proxy, "bob");
        await called.EndAsync();

        await using var collector = Start(proxy.ClientOf("bob"));
        (await collector.PullAsync(static _ => ValueTask.CompletedTask)).Received.ShouldBe(1);
    }

    private static Task<ServerProcess> StartServerAsync(TemporaryFolder folder, int proxyPort, string transport, params string[] settings)
    {
        var over = transport[0] == 't' ? ";transport=tcp" : "";
        return ServerProcess.StartAsync(
            folder.PathOf("data"), [.. KamailioProxy.ServiceSettings, $"--Routing:NextHop=sip:127.0.0.1:{proxyPort}{over}", .. settings]);
    }

    private static string ContactOf(int port, string transport) => $"sip:bob@127.0.0.1:{port}{(transport[0] == 't' ? ";transport=tcp" : "")}";

    private static async Task DepositAsync(KamailioProxy proxy, string transport)
    {
        await using var alice = Start(proxy.ClientOf("alice", transport[0] == 't'));
        var sent = await alice.SendAsync(new OutgoingMessage { To = $"sip:bob@{KamailioProxy.Domain}", Body = System.Text.Encoding.ASCII.GetBytes(Text) });
        sent.Status.ShouldBe(202, sent.Reason);
    }

    private static ImClient Start(ImClientOptions options) =>
        ImClient.Start(options, NullLoggerFactory.Instance, TimeProvider.System, RandomNumberGenerator.Fill);
}
