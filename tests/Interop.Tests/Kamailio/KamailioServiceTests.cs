using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.Interop.Tests.Support;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Interop.Tests.Kamailio;

/// <summary>The service behind Kamailio, as infra/peers/kamailio sets the two up.</summary>
public sealed class KamailioServiceTests
{
    private const int LongBody = 30_000;

    [Fact]
    public async Task Configuration_AsItIs_IsFoundOk()
    {
        var kamailio = Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        await Running.ToEndAsync(kamailio, folder.Path, "-c", "-f", KamailioProxy.Configuration);
    }

    [Theory]
    [InlineData(false, 500)]
    [InlineData(true, LongBody)]
    public async Task Message_ToAnAbsentUser_IsStoredAndCollectedThroughKamailio(bool useTcp, int octets)
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), KamailioProxy.ServiceSettings);
        using var proxy = await KamailioProxy.StartAsync(folder.Path, server.Sip.Port);
        var body = RandomNumberGenerator.GetBytes(octets); // CR, LF, NUL and the end-lines of others among them

        var sent = await SendAsync(proxy.ClientOf("alice", useTcp), body);
        sent.Status.ShouldBe(202, sent.Reason);

        var message = (await PullAsync(proxy.ClientOf("bob", useTcp))).ShouldHaveSingleItem();
        message.Body.ToArray().ShouldBe(body);
        message.From.ShouldContain($"sip:alice@{KamailioProxy.Domain}");
    }

    [Fact]
    public async Task Message_ToARegisteredUser_ReachesHimAndIsNotStored()
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), KamailioProxy.ServiceSettings);
        using var proxy = await KamailioProxy.StartAsync(folder.Path, server.Sip.Port);
        using var phone = new UdpPeer();
        await phone.RegisterAsync(proxy, "bob");

        var sending = SendAsync(proxy.ClientOf("alice"), "Are you there?"u8.ToArray());
        var request = await phone.ReceiveAsync("MESSAGE ");
        request.ShouldEndWith("\r\n\r\nAre you there?");
        await phone.AnswerAsync(proxy, request, "200 OK");

        (await sending).Status.ShouldBe(200);
        (await PullAsync(proxy.ClientOf("bob"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Message_WithDigest_NeedsThePassword()
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        await using var server = await ServerProcess.StartAsync(folder.PathOf("data"), KamailioProxy.ServiceSettings);
        using var proxy = await KamailioProxy.StartAsync(folder.Path, server.Sip.Port, "WITH_DIGEST");
        var alice = proxy.ClientOf("alice") with { UserName = "alice", Password = "change-me" };
        var bob = proxy.ClientOf("bob") with { UserName = "bob", Password = "change-me-too" };

        (await SendAsync(alice with { Password = "guessed" }, "1"u8.ToArray())).Status.ShouldBe(407);
        (await SendAsync(alice with { UserName = "bob", Password = bob.Password }, "2"u8.ToArray())).Status.ShouldBe(403);
        (await SendAsync(alice, "3"u8.ToArray())).Status.ShouldBe(202);

        (await PullAsync(bob)).ShouldHaveSingleItem().Body.ToArray().ShouldBe("3"u8.ToArray());
    }

    private static ImClient Start(ImClientOptions options) =>
        ImClient.Start(options, NullLoggerFactory.Instance, TimeProvider.System, RandomNumberGenerator.Fill);

    private static async Task<SendResult> SendAsync(ImClientOptions options, byte[] body)
    {
        await using var client = Start(options);
        return await client.SendAsync(new OutgoingMessage
        {
            To = $"sip:bob@{KamailioProxy.Domain}",
            Body = body,
            ContentType = "application/octet-stream",
        });
    }

    private static async Task<List<RetrievedMessage>> PullAsync(ImClientOptions options)
    {
        await using var client = Start(options);
        var messages = new List<RetrievedMessage>();
        var result = await client.PullAsync(message =>
        {
            messages.Add(message);
            return ValueTask.CompletedTask;
        });
        (result.IsComplete || result.IsEmpty).ShouldBeTrue(result.ToString());
        return messages;
    }
}
