using System.Net.Sockets;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Retrieval of the messages that a list beside the offer names (RFC 5366; D3 to D5).</summary>
public sealed class ListRetrievalTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>, IDisposable
{
    private const string Nobody = "sip:aaaaaaaaaaaaaaaaaaaaaaaaaa@im.example.net";

    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("DM-12.1.1-0", "DM-12.1.1-1", "DM-12.1.1-1a", "DM-12.1.1-1c")]
    [Requirement("DM-12.2.1.1-1", "DM-12.2.1.1-2", "DM-12.2.1.1.2-2", "DM-12.2.1.1.2-2a", "DM-12.2.1.1.2-2b")]
    public async Task Retrieval_ByList_BringsTheListedInTheOrderOfTheListAndThenBye()
    {
        var ids = await DepositAsync("grace", "one", "two", "three", "four");

        using var call = await RawRetrieval.BeginListAsync(service, "grace", ids[3], ids[0], ids[2]);

        call.Accepted.Contains(SipHeaderName.Warning).ShouldBeFalse();
        call.Accepted.GetText(SipHeaderName.Supported).ShouldBe("recipient-list-invite, timer");
        (await TakeAsync(call, 3)).ShouldBe(["four", "one", "three"]);
    }

    [Fact]
    [Requirement("DM-12.1.1-1b", "D11")]
    public async Task Retrieval_OfOneMessage_BringsItAgainAndAgainAsAnotherDelivery()
    {
        var ids = await DepositAsync("heidi", "first", "second");
        for (var delivery = 2; delivery < 4; delivery++)
        {
            using var call = await RawRetrieval.BeginListAsync(service, "heidi", ids[1]);
            await call.OpenAsync();
            var frame = await call.TakeAsync();
            frame.ShouldContain("second");
            RawMsrp.Field(frame, "Message-ID").ShouldEndWith($"{delivery}");
            await call.TakeByeAsync();
        }
    }

    [Fact]
    [Requirement("DM-12.1.1-1c")]
    public async Task Retrieval_ListInTheListAndRepeats_IsFlattenedAndBringsEachOnce()
    {
        var ids = await DepositAsync("ivan", "one", "two", "three");
        var list = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <rl:resource-lists xmlns:rl="urn:ietf:params:xml:ns:resource-lists" xmlns:cp="urn:ietf:params:xml:ns:copycontrol">
              <rl:list name="outer"><rl:display-name>All</rl:display-name>
                <rl:list><rl:list><rl:entry uri="{ids[1]}" cp:copyControl="bcc"><rl:display-name>x</rl:display-name></rl:entry></rl:list></rl:list>
                <rl:external anchor="http://127.0.0.1:1/never"/><rl:entry-ref ref="users/never"/>
                <rl:entry uri="{ids[2]}"/><rl:entry uri=" {ids[1].Replace("sip:", "SIP:", StringComparison.Ordinal).Replace("im.example", "IM.Example", StringComparison.Ordinal)} "/>
                <rl:entry uri="{ids[1]};method=INVITE?Subject=x"/>
              </rl:list>
            </rl:resource-lists>
            """;

        (await TakeListAsync("ivan", RawRetrieval.WithList(list), 2)).ShouldBe(["two", "three"]);
    }

    [Fact]
    [Requirement("DM-12.1.1-1c")]
    public async Task Retrieval_SeveralLists_AreOne()
    {
        var ids = await DepositAsync("judy", "one", "two");
        var body = RawRetrieval.WithList(RawRetrieval.List([ids[1]])).Replace(
            "--b--",
            $"--b\nContent-Type: application/resource-lists+xml\nContent-Disposition: recipient-list;handling=optional\n\n{RawRetrieval.List([ids[0], ids[1]])}\n--b--",
            StringComparison.Ordinal);

        (await TakeListAsync("judy", body, 2)).ShouldBe(["two", "one"]);
    }

    [Theory]
    [InlineData("", "kim")]
    [InlineData("Content-Disposition: recipient-list;handling=optional\n", "leo")]
    [InlineData("Content-Disposition: recipient-list\nContent-Transfer-Encoding: 8bit\n", "mia")]
    public async Task Retrieval_ListWithoutRequireOrWithOtherHeaders_IsTheSame(string headers, string user)
    {
        var ids = await DepositAsync(user, "one", "two");

        (await TakeListAsync(user, RawRetrieval.WithList(RawRetrieval.List([ids[1]]), headers), 1)).ShouldBe(["two"]);
    }

    [Fact]
    public async Task Retrieval_HistoryOfRecipientsThatMayBeSkipped_IsNoList()
    {
        var ids = await DepositAsync("nora", "one", "two");
        var body = RawRetrieval.WithList(RawRetrieval.List([ids[1]]), "Content-Disposition: recipient-list-history;handling=optional\n");

        (await TakeListAsync("nora", body, 2)).ShouldBe(["one", "two"]);
    }

    [Fact]
    [Requirement("D4", "D15")]
    public async Task Retrieval_SomeAreNotTheirs_BringsTheRestAndSaysHowManyNot()
    {
        var theirs = await DepositAsync("olga", "not for paul");
        var ids = await DepositAsync("paul", "for paul");

        using var call = await RawRetrieval.BeginListAsync(
            service, "paul", Nobody, theirs[0], ids[0], "mailto:paul@example.net", "no URI at all", Nobody);

        call.Accepted.GetText(SipHeaderName.Warning).ShouldBe("399 im.example.net \"4 of the listed messages cannot be retrieved\"");
        (await TakeAsync(call, 1)).ShouldBe(["for paul"]);
    }

    [Fact]
    [Requirement("D3", "D5", "D15")]
    public async Task Retrieval_NoneIsTheirs_IsTheSame488WhateverTheReason()
    {
        var theirs = await DepositAsync("frank", "not for erin");
        var ids = await DepositAsync("erin", "for erin");
        string[] lists =
        [
            RawRetrieval.List([Nobody]),
            RawRetrieval.List([theirs[0]]),
            RawRetrieval.List([ids[0].ToUpperInvariant().Replace("SIP:", "sip:", StringComparison.Ordinal)]),
            RawRetrieval.List([ids[0].Replace("im.example.net", "other.example.net", StringComparison.Ordinal)]),
            RawRetrieval.List([ids[0].Replace("sip:", "sips:", StringComparison.Ordinal)]),
            RawRetrieval.List([ids[0] + ":5060"]),
            RawRetrieval.List(["", "sip:", "tel:+1", "sip:erin@example.net"]),
            RawRetrieval.List([]),
            "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"/>",
        ];
        foreach (var list in lists)
        {
            var answer = await InviteAsync("erin", RawRetrieval.WithList(list));

            answer.StatusCode.ShouldBe(488, list);
            answer.GetText(SipHeaderName.Warning).ShouldBe("399 im.example.net \"no messages\"", list);
            answer.Body.IsEmpty.ShouldBeTrue();
        }

        // Asking changed nothing.
        (await TakeListAsync("erin", RawRetrieval.WithList(RawRetrieval.List(ids)), 1)).ShouldBe(["for erin"]);
    }

    [Fact]
    [Requirement("A6")]
    public async Task Retrieval_BadOfferAndUnknownList_IsJudgedByTheOfferFirst() =>
        (await InviteAsync("alice", RawRetrieval.WithList(RawRetrieval.List([Nobody]), offer: RawRetrieval.Offer(direction: "a=sendrecv"))))
            .GetText(SipHeaderName.Warning)!.ShouldContain("recvonly");

    [Theory]
    [InlineData("<resource-lists/>", "resource list line 1: WrongRoot")]
    [InlineData("", "resource list line 1: NotWellFormed")]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>", "resource list line 1: DocumentType")]
    [InlineData("<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">\n<entry uri=\"sip:a@b\"/></resource-lists>", "resource list line 2: MisplacedElement")]
    public async Task Retrieval_MalformedList_Is400WithTheReason(string list, string says)
    {
        var answer = await InviteAsync("alice", RawRetrieval.WithList(list));

        answer.StatusCode.ShouldBe(400, answer.ToString());
        answer.GetText(SipHeaderName.Warning)!.ShouldContain(says);
    }

    [Fact]
    public async Task Retrieval_ListOfAHundredThousand_IsRefusedBeforeItIsTakenIn()
    {
        var list = RawRetrieval.List(Enumerable.Range(0, 100_000).Select(number => $"sip:{number:d26}@im.example.net"));
        var octets = RawSip.Octets(_sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: multipart/mixed;boundary=b\n",
            RawRetrieval.WithList(list)).Replace("SIP/2.0/UDP", "SIP/2.0/TCP", StringComparison.Ordinal));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20), TimeProvider.System);
        using var peer = new TcpClient();
        await peer.ConnectAsync(service.Sip, patience.Token);

        // The service answers when it knows the length; the rest it throws away, so that the answer is not lost by a reset.
        var stream = peer.GetStream();
        var answer = new byte[65536];
        await stream.WriteAsync(octets, patience.Token);
        var length = await stream.ReadAsync(answer, patience.Token);

        Encoding.ASCII.GetString(answer, 0, length).ShouldStartWith("SIP/2.0 413 ");
        (await InviteAsync("alice", RawRetrieval.WithList(RawRetrieval.List([Nobody])))).StatusCode.ShouldBe(488);
    }

    [Fact]
    [Requirement("DM-12.1.1-4")]
    public async Task Retrieval_ListWithoutOffer_Is488()
    {
        var answer = await _sip.ExchangeAsync(_sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:alice@{_sip.Local}>\nP-Asserted-Identity: <sip:alice@example.net>\nContent-Type: application/resource-lists+xml\n",
            RawRetrieval.List([Nobody])));

        answer.StatusCode.ShouldBe(488);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("must carry an SDP offer");
    }

    public void Dispose() => _sip.Dispose();

    private static async Task<List<string>> TakeAsync(RawRetrieval call, int count)
    {
        await call.OpenAsync();
        var texts = new List<string>();
        for (var i = 0; i < count; i++)
        {
            texts.Add((await call.TakeAsync()).Split("\r\n--p--")[0].Split("\r\n\r\n")[^1]);
        }

        await call.TakeByeAsync();
        return texts;
    }

    private async Task<List<string>> TakeListAsync(string user, string body, int count)
    {
        using var call = await RawRetrieval.BeginWithAsync(service, user, "Content-Type: multipart/mixed;boundary=b\n", body);
        return await TakeAsync(call, count);
    }

    private Task<SipMessage> InviteAsync(string user, string body) => _sip.ExchangeAsync(_sip.Request(
        "INVITE",
        "sip:Deferred@im.example.net",
        $"Contact: <sip:{user}@{_sip.Local}>\nP-Asserted-Identity: <sip:{user}@example.net>\n"
            + "Require: recipient-list-invite\nContent-Type: multipart/mixed;boundary=b\n",
        body));

    /// <summary>Deposits messages, and reads their Message-IDs in a retrieval of all.</summary>
    private async Task<List<string>> DepositAsync(string user, params string[] texts)
    {
        foreach (var text in texts)
        {
            (await _sip.ExchangeAsync(_sip.Request(
                "MESSAGE", $"sip:{user}@example.net", "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\n", text)))
                .StatusCode.ShouldBe(202);
        }

        using var call = await RawRetrieval.BeginAsync(service, user);
        await call.OpenAsync();
        var ids = new List<string>();
        for (var i = 0; i < texts.Length; i++)
        {
            ids.Add("sip:" + (await call.TakeAsync()).Split("Content-ID: <")[1].Split('>')[0]);
        }

        await call.TakeByeAsync();
        return ids;
    }
}
