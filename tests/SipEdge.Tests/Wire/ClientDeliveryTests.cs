using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sessions;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>What the client makes of what a service sends it: repeats, what it cannot read, and an end of its own.</summary>
public sealed class ClientDeliveryTests : IAsyncLifetime
{
    private const int Ok = 200;
    private const int UnsupportedMediaType = 415;
    private const string Envelope = "Content-Type: message/sipfrag\nContent-ID: <key@im.example.net>\n\nDate: Sun, 22 Nov 2026 10:58:02 GMT\nFrom: <sip:alice@example.net>\n";
    private const string Original = "Content-Type: message/sipfrag\n\nMESSAGE sip:bob@example.net SIP/2.0\nContent-Type: text/plain\n\nNoon?";

    private readonly ScriptedFunction _function = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly List<RetrievedMessage> _shown = [];
    private ImClient _client = null!;
    private Task<RetrievalResult> _pull = null!;

    public async ValueTask InitializeAsync()
    {
        _client = ImClient.Start(
            new ImClientOptions { Aor = "sip:bob@example.net", Server = _function.Sip, DeferredUri = "sip:Deferred@im.example.net" },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            System.Security.Cryptography.RandomNumberGenerator.Fill);
        _pull = _client.PullAsync(
            message =>
            {
                _shown.Add(message);
                return ValueTask.CompletedTask;
            },
            _cancel.Token);
        await _function.AcceptAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _function.Dispose();
        _cancel.Dispose();
    }

    [Fact]
    public async Task Message_ThatComesTwice_IsAcknowledgedTwiceAndShownOnce()
    {
        (await _function.SendAsync("delivery1", Envelope, Original)).ShouldBe(Ok);
        (await _function.SendAsync("delivery1", Envelope, Original)).ShouldBe(Ok);
        (await _function.SendAsync("delivery2", Envelope, Original)).ShouldBe(Ok);
        await _function.ByeAsync();

        var result = await _pull;

        _shown.Select(message => message.DeliveryId).ShouldBe(["delivery1", "delivery2"]);
        (result.Received, result.IsComplete).ShouldBe((2, true));
    }

    [Fact]
    public async Task Message_ThatComesAgainAfterMoreThanTheMsrpSessionRemembers_IsShownOnceAndCounted()
    {
        var others = new MsrpOptions().MaxRememberedMessages;
        for (var message = 0; message <= others; message++)
        {
            (await _function.SendAsync($"delivery{message}", Envelope, Original)).ShouldBe(Ok);
        }

        (await _function.SendAsync("delivery0", Envelope, Original)).ShouldBe(Ok);
        await _function.ByeAsync();

        var result = await _pull;

        _shown.Count(message => message.DeliveryId == "delivery0").ShouldBe(1);
        (result.Received, result.Repeats, result.IsComplete).ShouldBe((others + 1, 1, true));
    }

    [Fact]
    public async Task Message_ThatCouldNotBeRead_IsNotTakenForSeen()
    {
        (await _function.SendAsync("delivery1", Envelope)).ShouldBe(UnsupportedMediaType);
        (await _function.SendAsync("delivery1", Envelope, Original)).ShouldBe(Ok);
        (await _function.SendAsync("delivery2", Envelope)).ShouldBe(UnsupportedMediaType);
        await _function.ByeAsync();

        var result = await _pull;

        _shown.ShouldHaveSingleItem().DeliveryId.ShouldBe("delivery1");
        (result.Received, result.Repeats, result.IsComplete).ShouldBe((1, 0, true));
    }

    [Fact]
    public async Task Message_OfAnotherNumberOfParts_Is415()
    {
        (await _function.SendAsync("delivery1", Envelope)).ShouldBe(UnsupportedMediaType);
        (await _function.SendAsync("delivery2", Envelope, Original, Original)).ShouldBe(UnsupportedMediaType);
        await _function.ByeAsync();

        (await _pull).Received.ShouldBe(0);
        _shown.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(" ")]
    [InlineData("\t")]
    public async Task Header_ThatIsFolded_IsReadAsOneLine(string fold)
    {
        var original = Original.Replace(" text/plain", $"\n{fold}text/plain", StringComparison.Ordinal);
        (await _function.SendAsync("delivery1", $"{Envelope}Subject: Lunch\n{fold}at noon\n", original)).ShouldBe(Ok);
        await _function.ByeAsync();
        await _pull;

        var message = _shown.ShouldHaveSingleItem();
        message.Subject.ShouldBe("Lunch at noon");
        message.ContentType.ShouldBe("text/plain");
        Encoding.UTF8.GetString(message.Body.Span).ShouldBe("Noon?");
    }

    [Fact]
    public async Task Pull_CancelledWhileReceiving_SaysByeAndKeepsWhatItGot()
    {
        (await _function.SendAsync("delivery1", Envelope, Original)).ShouldBe(Ok);

        await _cancel.CancelAsync();
        await _function.TakeByeAsync();
        var result = await _pull;

        _shown.ShouldHaveSingleItem();
        (result.Received, result.IsComplete).ShouldBe((1, false));
    }
}
