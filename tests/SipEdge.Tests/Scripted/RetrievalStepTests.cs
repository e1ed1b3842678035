using System.Text;
using System.Threading.Channels;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Scripted;

/// <summary>The steps of a retrieval as its mailbox sees them. One may run at once: each test needs what the one before it gave back.</summary>
public sealed class RetrievalStepTests(ScriptedService service) : IClassFixture<ScriptedService>, IDisposable
{
    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    public async Task Invite_WhileAsManyRetrievalsRunAsMay_Is503UntilOneHasEnded()
    {
        var mailbox = Wait("dave", "one");
        using var call = await RawRetrieval.BeginAsync(service, "dave");

        var refused = await InviteAsync("erin");
        await call.OpenAsync();
        await call.TakeAsync();
        await call.TakeByeAsync();
        await NextAsync(mailbox.Ends);

        refused.StatusCode.ShouldBe(503);
        refused.GetText(SipHeaderName.Warning)!.ShouldContain("too many retrievals run");
        refused.Contains(SipHeaderName.RetryAfter).ShouldBeTrue();
        (await InviteAsync("erin")).GetText(SipHeaderName.Warning)!.ShouldContain("no messages");
    }

    [Theory]
    [InlineData("a=recvonly", "no messages")]
    [InlineData("a=sendonly", "recvonly")]
    public async Task Invite_ThatIsRefused_GivesItsPlaceAndItsMsrpSessionBack(string direction, string warning)
    {
        for (var time = 0; time < 3; time++)
        {
            var answer = await InviteAsync("frank", RawRetrieval.Offer(direction: direction));
            answer.StatusCode.ShouldBe(488);
            answer.GetText(SipHeaderName.Warning)!.ShouldContain(warning);
        }
    }

    [Fact]
    public async Task Retrieval_OfAll_ConfirmsWithItsTokenAndGivesTheLeaseBack()
    {
        var mailbox = Wait("grace", "one");
        using var call = await RawRetrieval.BeginAsync(service, "grace");
        await call.OpenAsync();
        await call.TakeAsync();

        var confirmed = await NextAsync(mailbox.Confirmations);
        await call.TakeByeAsync();
        var ended = await NextAsync(mailbox.Ends);

        confirmed.Token.ShouldBe(ScriptedMailbox.Token);
        confirmed.Outcomes.ShouldHaveSingleItem().Outcome.ShouldBe(SendOutcome.Delivered);
        ended.Token.ShouldBe(ScriptedMailbox.Token);
    }

    [Fact]
    public async Task Retrieval_EndedByTheClient_GivesTheLeaseBack()
    {
        var mailbox = Wait("heidi", "one");
        using var call = await RawRetrieval.BeginAsync(service, "heidi");
        await call.OpenAsync();
        await call.Msrp.ReceiveAsync();

        (await call.ExchangeAsync("BYE", 2)).StatusCode.ShouldBe(200);

        (await NextAsync(mailbox.Ends)).Token.ShouldBe(ScriptedMailbox.Token);
    }

    [Fact]
    public async Task Lease_WithProgress_IsRenewedWellBeforeItEnds()
    {
        var mailbox = Wait("ivan", "one", "two");
        mailbox.LeaseTime = TimeSpan.FromSeconds(6);
        var begun = TimeProvider.System.GetTimestamp();
        using var call = await RawRetrieval.BeginAsync(service, "ivan");
        await call.OpenAsync();
        await call.TakeAsync();
        (await NextAsync(mailbox.Confirmations)).Outcomes.Length.ShouldBe(1);

        var renewed = await NextAsync(mailbox.Confirmations);
        var after = TimeProvider.System.GetElapsedTime(begun);
        await call.TakeAsync();
        await call.TakeByeAsync();
        await NextAsync(mailbox.Ends);

        renewed.Outcomes.ShouldBeEmpty();
        renewed.Token.ShouldBe(ScriptedMailbox.Token);
        after.ShouldBeLessThan(mailbox.LeaseTime);
    }

    [Fact]
    public async Task Message_ThatCannotBeReadAnyMore_IsConfirmedAsRejectedAndTheOthersGoOut()
    {
        var mailbox = Wait("judy", "one");
        mailbox.Waiting = [mailbox.Waiting[0] with { Content = new DeferredContent { Octets = [1, 2, 3] } }, Message(2, "two")];
        using var call = await RawRetrieval.BeginAsync(service, "judy");
        await call.OpenAsync();

        (await call.TakeAsync()).ShouldContain("two");
        await call.TakeByeAsync();
        await NextAsync(mailbox.Ends);
        var outcomes = new List<MessageOutcome>();
        while (mailbox.Confirmations.TryRead(out var confirmation))
        {
            outcomes.AddRange(confirmation.Outcomes);
        }

        outcomes.Select(outcome => (outcome.Sequence, outcome.Outcome, outcome.Status)).ShouldBe(
            [(1L, SendOutcome.Rejected, 0), (2L, SendOutcome.Delivered, 0)], ignoreOrder: true);
    }

    [Fact]
    public async Task Confirmation_ThatIsSuperseded_EndsTheSessionWithMessagesUnanswered()
    {
        var mailbox = Wait("kim", "one", "two");
        mailbox.Confirm = _ => DeliveryOutcome.Superseded;
        using var call = await RawRetrieval.BeginAsync(service, "kim");
        await call.OpenAsync();

        await call.TakeAsync();

        await call.TakeByeAsync();
        await NextAsync(mailbox.Ends);
    }

    [Theory]
    [InlineData(2, "leo")]
    [InlineData(3, "mia")]
    public async Task Confirmation_ThatTheStoreDoesNotTake_IsRepeatedAsOftenAsSet(int failures, string user)
    {
        var mailbox = Wait(user, "one");
        var left = failures;
        mailbox.Confirm = _ => left-- > 0 ? DeliveryOutcome.StoreUnavailable : DeliveryOutcome.Granted;
        using var call = await RawRetrieval.BeginAsync(service, user);
        await call.OpenAsync();
        await call.TakeAsync();
        await call.TakeByeAsync();
        await NextAsync(mailbox.Ends);

        // Delivery:StoreRetries is 2: the third attempt is the last, whether it succeeds or not.
        mailbox.Confirmations.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Accepted_OverUdp_ContactNamesNoTransport()
    {
        var mailbox = Wait("nora", "one");
        using var call = await RawRetrieval.BeginAsync(service, "nora");

        (await call.ExchangeAsync("BYE", 2)).StatusCode.ShouldBe(200);
        await NextAsync(mailbox.Ends);

        call.Accepted.GetText(SipHeaderName.Contact)!.ShouldNotContain("transport");
    }

    [Fact]
    public async Task Accepted_OverTcp_ContactKeepsTheDialogThere()
    {
        var mailbox = Wait("olga", "one");
        using var tcp = new RawTcpSip(service.Sip);

        var accepted = await tcp.ExchangeAsync(Invite("olga", RawRetrieval.Offer()));
        await tcp.SendAsync(Within(accepted, "ACK", 1));
        (await tcp.ExchangeAsync(Within(accepted, "BYE", 2))).StatusCode.ShouldBe(200);
        await NextAsync(mailbox.Ends);

        accepted.StatusCode.ShouldBe(200);
        accepted.GetText(SipHeaderName.Contact)!.ShouldContain(";transport=tcp>");
    }

    public void Dispose() => _sip.Dispose();

    private static WaitingMessage Message(int sequence, string text)
    {
        var octets = RawSip.Octets(
            "MESSAGE sip:bob@example.net SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\nMax-Forwards: 70\nFrom: <sip:alice@example.net>;tag=1\n"
            + $"To: <sip:bob@example.net>\nCall-ID: c{sequence}\nCSeq: 1 MESSAGE\nContent-Type: text/plain\nContent-Length: {text.Length}\n\n{text}");
        return new WaitingMessage
        {
            MessageKey = new string((char)('a' + sequence), 26),
            Sequence = sequence,
            Content = new DeferredContent
            {
                Octets = [.. octets],
                BodyOffset = octets.Length - Encoding.UTF8.GetByteCount(text),
                ReceivedAt = DateTimeOffset.UnixEpoch,
            },
        };
    }

    private ScriptedMailbox Wait(string user, params string[] texts)
    {
        var mailbox = service.MailboxOf(user);
        mailbox.Waiting = [.. texts.Select((text, index) => Message(index + 1, text))];
        return mailbox;
    }

    private static async Task<T> NextAsync<T>(ChannelReader<T> reader)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10), TimeProvider.System);
        return await reader.ReadAsync(patience.Token);
    }

    private Task<SipMessage> InviteAsync(string user, string? offer = null) => _sip.ExchangeAsync(Invite(user, offer ?? RawRetrieval.Offer()));

    private string Invite(string user, string offer) => _sip.Request(
        "INVITE",
        "sip:Deferred@im.example.net",
        $"Contact: <sip:{user}@{_sip.Local}>\nP-Asserted-Identity: <sip:{user}@example.net>\nContent-Type: application/sdp\n",
        offer);

    // A request of the dialog that the 200 made.
    private string Within(SipMessage accepted, string method, int sequence) =>
        $"{method} {accepted.GetText(SipHeaderName.Contact)!.Split('<', '>')[1]} SIP/2.0\n"
        + $"Via: SIP/2.0/UDP {_sip.Local};branch=z9hG4bK{RawSip.NextMark()};rport\nMax-Forwards: 70\n"
        + $"From: {accepted.GetText(SipHeaderName.From)}\nTo: {accepted.GetText(SipHeaderName.To)}\n"
        + $"Call-ID: {accepted.CallId}\nCSeq: {sequence} {method}\nContent-Length: 0\n\n";
}
