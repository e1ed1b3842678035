using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sessions;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Deliveries whose mailbox fails in the middle: they end, say so, and lose nothing.</summary>
public sealed class RetrievalTroubleTests(ServiceInTrouble service) : IClassFixture<ServiceInTrouble>, IDisposable
{
    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    public async Task Page_ThatCannotBeRead_EndsTheDeliveryWithAReason()
    {
        await DepositAsync("dave", "one", "two", "three");
        service.Trouble.NextPage = request =>
            request.AfterSequence > 0 ? new DeliveryPage { Outcome = DeliveryOutcome.StoreUnavailable } : null;
        using (var call = await RawRetrieval.BeginAsync(service, "dave"))
        {
            await call.OpenAsync();
            await call.TakeAsync();
            await call.TakeAsync();
            ReasonOf(await call.TakeByeAsync()).ShouldStartWith("SIP;cause=503;text=");
        }

        service.Trouble.Clear();
        var all = await TakeAllAsync("dave", 3);
        all.Select(Delivery).ShouldBe(["2", "2", "1"]);
    }

    [Fact]
    public async Task Page_ThatFailsByADefect_EndsTheDeliveryAndNotTheService()
    {
        await DepositAsync("erin", "one");
        service.Trouble.NextPage = _ => throw new InvalidOperationException("a defect");
        using (var call = await RawRetrieval.BeginAsync(service, "erin"))
        {
            await call.OpenAsync();
            ReasonOf(await call.TakeByeAsync()).ShouldStartWith("SIP;cause=503;");
        }

        service.Trouble.Clear();
        (await TakeAllAsync("erin", 1)).Select(Delivery).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Confirmation_ThatFailsByADefect_EndsTheDeliveryAndOffersItAgain()
    {
        await DepositAsync("frank", "one");
        service.Trouble.Confirm = _ => throw new InvalidOperationException("a defect");
        using (var call = await RawRetrieval.BeginAsync(service, "frank"))
        {
            await call.OpenAsync();
            await call.TakeAsync();
            ReasonOf(await call.TakeByeAsync()).ShouldStartWith("SIP;cause=503;");
        }

        service.Trouble.Clear();
        (await TakeAllAsync("frank", 1)).Select(Delivery).ShouldBe(["1"]);
    }

    [Fact]
    public async Task Begin_ThatFailsByADefect_Is503AndLeavesNoMsrpSession()
    {
        service.Trouble.Begin = _ => throw new InvalidOperationException("a defect");

        var answer = await _sip.ExchangeAsync(_sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:grace@{_sip.Local}>\nP-Asserted-Identity: <sip:grace@example.net>\nContent-Type: application/sdp\n",
            RawRetrieval.Offer()));

        answer.StatusCode.ShouldBe(503);
        service.MsrpSessions.ShouldBe(0);
    }

    [Fact]
    [Requirement("DM-12.2.2.5-3")]
    public async Task Retrieval_OfMorePagesThanFit_BringsAllAndEndsWithoutAReason()
    {
        var texts = Enumerable.Range(1, 9).Select(number => $"number {number}").ToArray();
        await DepositAsync("heidi", texts);
        using var call = await RawRetrieval.BeginAsync(service, "heidi");
        await call.OpenAsync();
        foreach (var text in texts)
        {
            (await call.TakeAsync()).ShouldContain(text);
        }

        ReasonOf(await call.TakeByeAsync()).ShouldBeNull();
    }

    [Fact]
    [Requirement("DM-12.1.1-6")]
    public async Task Pull_CutShortByTheStore_IsNotComplete()
    {
        await DepositAsync("bob", "one", "two", "three");
        service.Trouble.NextPage = request =>
            request.AfterSequence > 0 ? new DeliveryPage { Outcome = DeliveryOutcome.StoreUnavailable } : null;
        await using var bob = Open(new RecentDeliveries());

        var cut = await bob.PullAsync(static _ => ValueTask.CompletedTask);
        service.Trouble.Clear();
        var whole = await bob.PullAsync(static _ => ValueTask.CompletedTask);

        cut.IsComplete.ShouldBeFalse(cut.ToString());
        cut.Received.ShouldBe(2);
        cut.Reason.ShouldContain("503");
        whole.IsComplete.ShouldBeTrue(whole.ToString());
    }

    [Fact]
    public async Task Pull_OfADeliveryThatWasNotRecorded_ShowsItOnceInAnotherProcessToo()
    {
        await DepositAsync("alice", "shown once");
        service.Trouble.Confirm = _ => new DeliveryConfirmed { Outcome = DeliveryOutcome.StoreUnavailable };
        using var folder = new TemporaryFolder();
        var path = DeliveryFile.PathIn(folder.Path, "sip:alice@example.net");
        var shown = new List<string>();
        await using (var first = Open(DeliveryFile.Open(path), "alice", "wonderland"))
        {
            (await first.PullAsync(message => Show(message, shown))).Received.ShouldBe(1);
        }

        service.Trouble.Clear();
        await using (var second = Open(DeliveryFile.Open(path), "alice", "wonderland"))
        {
            var again = await second.PullAsync(message => Show(message, shown));
            (again.Received, again.Repeats, again.IsComplete).ShouldBe((0, 1, true));
            var another = await second.PullAsync(message => Show(message, shown));
            another.Received.ShouldBe(1, "the recorded one comes as another delivery");
        }

        shown.Count.ShouldBe(2);
        shown[0].ShouldNotBe(shown[1]);
    }

    [Fact]
    public async Task Pull_WhoseCallbackFails_ShowsTheMessageAgain()
    {
        await DepositAsync("quinn", "fragile");
        var known = new RecentDeliveries();
        var shown = new List<string>();
        await using var quinn = Open(known, "quinn", "fabulous");

        _ = await quinn.PullAsync(static _ => throw new InvalidOperationException("the disk is full"));
        var again = await quinn.PullAsync(message => Show(message, shown));

        again.Received.ShouldBe(1, again.ToString());
        shown.ShouldHaveSingleItem().ShouldEndWith("1");
    }

    public void Dispose()
    {
        service.Trouble.Clear();
        _sip.Dispose();
    }

    private static ValueTask Show(RetrievedMessage message, List<string> shown)
    {
        shown.Add(message.DeliveryId);
        return ValueTask.CompletedTask;
    }

    private static string Delivery(string frame) => RawMsrp.Field(frame, "Message-ID")[27..];

    private static string? ReasonOf(SipMessage bye) => bye.TryGet("Reason"u8, out var reason) ? reason.ToString() : null;

    private async Task<List<string>> TakeAllAsync(string user, int count)
    {
        using var call = await RawRetrieval.BeginAsync(service, user);
        await call.OpenAsync();
        var frames = new List<string>();
        for (var i = 0; i < count; i++)
        {
            frames.Add(await call.TakeAsync());
        }

        ReasonOf(await call.TakeByeAsync()).ShouldBeNull();
        return frames;
    }

    private async Task DepositAsync(string user, params string[] texts)
    {
        foreach (var text in texts)
        {
            (await _sip.ExchangeAsync(_sip.Request(
                "MESSAGE", $"sip:{user}@example.net", "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\n", text)))
                .StatusCode.ShouldBe(202);
        }
    }

    private ImClient Open(IReceivedDeliveries known, string user = "bob", string password = "builder") => ImClient.Start(
        new ImClientOptions
        {
            Aor = $"sip:{user}@example.net",
            UserName = user,
            Password = password,
            Server = service.Sip,
            DeferredUri = "sip:Deferred@im.example.net",
            ReceivedDeliveries = known,
        },
        NullLoggerFactory.Instance,
        TimeProvider.System,
        System.Security.Cryptography.RandomNumberGenerator.Fill);
}
