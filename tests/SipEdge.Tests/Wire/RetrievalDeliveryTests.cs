using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>What goes over MSRP, and what is confirmed by which answer. Each test has a mailbox of its own.</summary>
public sealed class RetrievalDeliveryTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>, IDisposable
{
    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("DM-12.2.1.1-1", "DM-12.2.1.1-2", "DM-12.2.1.1.2-3", "DM-12.2.1.1.2-4", "DM-12.2.1.1.2-5")]
    [Requirement("DM-12.2-1", "DM-12.2-2", "DM-12.2.2.3-3", "D16", "DM-12.2.2.5-1", "DM-12.2.2.5-2", "DM-12.2.2.5-3", "D12")]
    public async Task Retrieval_OfAll_BringsOneMessageEachOldestFirstAndThenBye()
    {
        var texts = Enumerable.Range(1, 5).Select(number => $"number {number}").ToArray();
        await DepositAsync("grace", texts);
        using var call = await RawRetrieval.BeginAsync(service, "grace");
        await call.OpenAsync();

        var ids = new HashSet<string>();
        foreach (var text in texts)
        {
            var frame = await call.TakeAsync();
            frame.ShouldContain($"\r\n\r\n{text}\r\n--p--");
            RawMsrp.Field(frame, "Content-Type").ShouldBe("multipart/mixed;boundary=p");
            RawMsrp.Field(frame, "Success-Report").ShouldBe("yes");
            RawMsrp.Field(frame, "Failure-Report").ShouldBe("yes");
            frame.ShouldEndWith("$");
            var contentId = frame.Split("Content-ID: <")[1].Split('>')[0];
            contentId.ShouldMatch("^[a-z2-7]{26}@im\\.example\\.net$");
            ids.Add(contentId).ShouldBeTrue();
            RawMsrp.Field(frame, "Message-ID").ShouldBe($"d{contentId[..26]}1");
        }

        await call.TakeByeAsync();
    }

    [Fact]
    [Requirement("D13")]
    public async Task Retrieval_OfAMessageThatAsksForPositiveDelivery_IsNotReportedByTheService()
    {
        using var sender = new RawSip(service.Sip);
        var cpim = "From: <sip:alice@example.net>\nTo: <sip:paul@example.net>\nNS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: 34jk\n"
            + "DateTime: 2026-11-22T10:58:02Z\nimdn.Disposition-Notification: positive-delivery\n\nContent-Type: text/plain\n\nNoon?";
        (await sender.ExchangeAsync(sender.Request(
            "MESSAGE",
            "sip:paul@example.net",
            $"P-Asserted-Identity: <sip:alice@example.net>\nContact: <sip:alice@{sender.Local}>\nContent-Type: message/cpim\n",
            cpim))).StatusCode.ShouldBe(202);

        (await TakeAllAsync("paul", 1))[0].ShouldContain("positive-delivery");

        // The service has said BYE, so all it does about this delivery is done: its sender heard nothing, nor does he find anything.
        sender.HasSomethingToRead.ShouldBeFalse();
        (await sender.ExchangeAsync(sender.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:alice@{sender.Local}>\nP-Asserted-Identity: <sip:alice@example.net>\nContent-Type: application/sdp\n",
            RawRetrieval.Offer()))).ToString().ShouldContain("no messages");
    }

    [Fact]
    [Requirement("D11")]
    public async Task Retrieval_Again_BringsDeliveredMessagesAsAnotherDelivery()
    {
        await DepositAsync("heidi", "keep me");
        var first = await TakeAllAsync("heidi", 1);
        var second = await TakeAllAsync("heidi", 1);

        RawMsrp.Field(first[0], "Message-ID").ShouldEndWith("1");
        RawMsrp.Field(second[0], "Message-ID").ShouldEndWith("2");
        Original(second[0]).ShouldBe(Original(first[0]));
    }

    [Theory]
    [InlineData("never opens", "ivan")]
    [InlineData("vanishes before it answers", "judy")]
    [Requirement("D12")]
    public async Task Retrieval_ByAClientThatVanishes_ConfirmsNothingAndOffersTheSameAgain(string how, string user)
    {
        await DepositAsync(user, "do not lose me");
        string? unanswered = null;
        using (var call = await RawRetrieval.BeginAsync(service, user))
        {
            if (how != "never opens")
            {
                await call.OpenAsync();
                unanswered = await call.Msrp.ReceiveAsync();
            }
        }

        var taken = await TakeAllAsync(user, 1);

        taken[0].ShouldContain("do not lose me");
        RawMsrp.Field(taken[0], "Message-ID").ShouldEndWith("1"); // the same delivery: a client drops it as a repeat
        if (unanswered is not null)
        {
            RawMsrp.Field(taken[0], "Message-ID").ShouldBe(RawMsrp.Field(unanswered, "Message-ID"));
        }
    }

    [Theory]
    [InlineData(413, "kim")]
    [InlineData(415, "leo")]
    public async Task Retrieval_MessageThatIsRefused_StaysAndDoesNotHoldUpTheOthers(int status, string user)
    {
        await DepositAsync(user, "refused", "welcome");
        using (var call = await RawRetrieval.BeginAsync(service, user))
        {
            await call.OpenAsync();
            (await call.TakeAsync(status)).ShouldContain("refused");

            // 415 is about the type, so a client says it of every message; both were on their way already.
            (await call.TakeAsync(status == 415 ? 415 : 200)).ShouldContain("welcome");
            await call.TakeByeAsync();
        }

        var again = await TakeAllAsync(user, 2);
        again.ShouldContain(frame => frame.Contains("refused", StringComparison.Ordinal)
            && RawMsrp.Field(frame, "Message-ID").EndsWith('1'));
    }

    [Fact]
    public async Task Retrieval_AnsweredWith481_EndsAndLosesNothing()
    {
        await DepositAsync("mia", "still here");
        using (var call = await RawRetrieval.BeginAsync(service, "mia"))
        {
            await call.OpenAsync();
            await call.TakeAsync(481);
            await call.TakeByeAsync();
        }

        (await TakeAllAsync("mia", 1))[0].ShouldContain("still here");
    }

    [Fact]
    public async Task Retrieval_AnsweredTwice_CountsOnce()
    {
        await DepositAsync("nora", "first", "second");
        using var call = await RawRetrieval.BeginAsync(service, "nora");
        await call.OpenAsync();

        var first = await call.TakeAsync();
        await call.Msrp.SendAsync(RawMsrp.Answer(first, 200));
        await call.TakeAsync();
        await call.TakeByeAsync();

        (await TakeAllAsync("nora", 2)).ShouldAllBe(frame => RawMsrp.Field(frame, "Message-ID").EndsWith('2'));
    }

    [Fact]
    public async Task Retrieval_DuringAnother_TakesItsPlaceAndTheFirstGetsBye()
    {
        await DepositAsync("olga", "one");
        using var first = await RawRetrieval.BeginAsync(service, "olga");
        await first.OpenAsync();
        var unanswered = await first.Msrp.ReceiveAsync();

        var taken = await TakeAllAsync("olga", 1);
        await first.Msrp.SendAsync(RawMsrp.Answer(unanswered, 200));

        RawMsrp.Field(taken[0], "Message-ID").ShouldBe(RawMsrp.Field(unanswered, "Message-ID"));
        await first.TakeByeAsync();
    }

    [Fact]
    public async Task Retrieval_DuringAnother_EndsTheFirstWithoutWaitingForItsClient()
    {
        await DepositAsync("quinn", "one");
        using var first = await RawRetrieval.BeginAsync(service, "quinn");
        await first.OpenAsync();
        await first.Msrp.ReceiveAsync();

        using var second = await RawRetrieval.BeginAsync(service, "quinn");
        var bye = await first.TakeByeAsync();

        bye.TryGet("Reason"u8, out var reason).ShouldBeTrue();
        reason.ToString().ShouldStartWith("SIP;cause=487;");
        await second.OpenAsync();
        await second.TakeAsync();
        await second.TakeByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.1.1.2-3a")]
    public async Task Retrieval_MessageThatComesDuringIt_IsBroughtByTheNext()
    {
        await DepositAsync("ruth", "early");
        using (var call = await RawRetrieval.BeginAsync(service, "ruth"))
        {
            await DepositAsync("ruth", "after the 200");
            await call.OpenAsync();
            var early = await call.Msrp.ReceiveAsync();
            await DepositAsync("ruth", "after the first SEND");
            await call.Msrp.SendAsync(RawMsrp.Answer(early, 200));
            early.ShouldContain("early");
            await call.TakeByeAsync(); // so nothing else was sent
        }

        var next = await TakeAllAsync("ruth", 3);
        next[1].ShouldContain("after the 200");
        next[2].ShouldContain("after the first SEND");
    }

    [Fact]
    [Requirement("D12")]
    public async Task Retrieval_WhoseConnectionIsLostInTheMiddle_OffersTheUnconfirmedAgain()
    {
        await DepositAsync("sybil", "first", "second", "third");
        using (var call = await RawRetrieval.BeginAsync(service, "sybil"))
        {
            await call.OpenAsync();
            var first = await call.Msrp.ReceiveAsync();
            await call.Msrp.ReceiveAsync();
            await call.Msrp.ReceiveAsync();
            await call.Msrp.SendAsync(RawMsrp.Answer(first, 200));
            call.Msrp.ShutDown();
            (await call.TakeByeAsync()).TryGet("Reason"u8, out var reason).ShouldBeTrue();
            reason.ToString().ShouldStartWith("SIP;cause=480;");
        }

        var again = await TakeAllAsync("sybil", 3);
        again.Select(frame => RawMsrp.Field(frame, "Message-ID")[^1]).ShouldBe(['2', '1', '1']);
    }

    [Fact]
    public async Task Session_RequestsThatFitNowhere_AreRefusedPrecisely()
    {
        using var stranger = await RawMsrp.ConnectAsync(service.Msrp);

        await stranger.SendAsync(
            $"MSRP abcd1234 SEND\nTo-Path: msrp://127.0.0.1:{service.Msrp.Port}/nosuchsession1234;tcp\n"
            + "From-Path: msrp://127.0.0.1:9/abcdefgh;tcp\nMessage-ID: abcd1234\nByte-Range: 1-0/0\n-------abcd1234$\n");

        (await stranger.ReceiveAsync()).ShouldStartWith("MSRP abcd1234 481");
    }

    [Fact]
    public async Task Connection_ThatIsNoMsrp_IsClosed()
    {
        using var stranger = await RawMsrp.ConnectAsync(service.Msrp);

        await stranger.SendAsync("GET / HTTP/1.1\nHost: x\n\n");

        (await stranger.IsClosedAsync()).ShouldBeTrue();
    }

    public void Dispose() => _sip.Dispose();

    private static string Original(string frame) => frame.Split("--p\r\n")[2].Split("--p--")[0];

    private async Task<List<string>> TakeAllAsync(string user, int count)
    {
        using var call = await RawRetrieval.BeginAsync(service, user);
        await call.OpenAsync();
        var frames = new List<string>();
        for (var i = 0; i < count; i++)
        {
            frames.Add(await call.TakeAsync());
        }

        await call.TakeByeAsync();
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
}
