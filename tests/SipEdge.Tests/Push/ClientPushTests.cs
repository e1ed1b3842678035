using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A client that says that it is back, and what it is given.</summary>
public sealed class ClientPushTests(ServiceInTheOpen service) : IClassFixture<ServiceInTheOpen>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Requirement("DM-12.2.2.2-1", "DM-12.2.2.2-R3", "DM-12.2.2.5-1", "DM-12.2.2.5-3", "D11")]
    public async Task Online_WithSomethingWaiting_IsGivenItAndNothingStays(bool useTcp)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        await using var alice = Open("alice", "wonderland", useTcp);
        await using var bob = Open("bob", "builder", useTcp);
        await SendAsync(alice, "first");
        await SendAsync(alice, "second");

        var given = Channel.CreateUnbounded<string>();
        using var leaving = new CancellationTokenSource();
        var stay = bob.StayOnlineAsync(
            message =>
            {
                given.Writer.TryWrite(Encoding.UTF8.GetString(message.Body.Span));
                return ValueTask.CompletedTask;
            },
            cancellation: leaving.Token);

        (await given.Reader.ReadAsync(patience.Token)).ShouldBe("first");
        (await given.Reader.ReadAsync(patience.Token)).ShouldBe("second");
        await leaving.CancelAsync();
        var result = await stay;
        result.IsOrderly.ShouldBeTrue(result.ToString());
        result.Received.ShouldBe(2);

        // What was pushed is gone.
        var again = await bob.PullAsync(static _ => ValueTask.CompletedTask);
        again.IsEmpty.ShouldBeTrue(again.ToString());
    }

    private static async Task SendAsync(ImClient sender, string text) =>
        (await sender.SendAsync(new OutgoingMessage { To = "sip:bob@example.net", Body = Encoding.UTF8.GetBytes(text) })).Status.ShouldBe(202);

    private ImClient Open(string user, string password, bool useTcp) => ImClient.Start(
        new ImClientOptions
        {
            Aor = $"sip:{user}@example.net",
            UserName = user,
            Password = password,
            Server = service.Sip,
            DeferredUri = "sip:Deferred@im.example.net",
            UseTcp = useTcp,
        },
        NullLoggerFactory.Instance,
        TimeProvider.System,
        System.Security.Cryptography.RandomNumberGenerator.Fill);
}
