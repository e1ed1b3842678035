using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>What an INVITE to the Deferred Messaging Function is answered.</summary>
public sealed class RetrievalAnswerTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>, IDisposable
{
    private const string Deferred = "sip:Deferred@im.example.net";
    private const string Sdp = "Content-Type: application/sdp\n";

    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("D2", "DM-12.2.1.1.2-1", "A5", "A6")]
    public async Task Invite_NothingWaiting_Is488WithTheWarning()
    {
        var answer = await InviteAsync(Sdp, RawRetrieval.Offer());

        answer.StatusCode.ShouldBe(488);
        answer.ReasonPhrase.ToString().ShouldBe("Not Acceptable Here");
        answer.GetText(SipHeaderName.Warning).ShouldBe("399 im.example.net \"no messages\"");
        answer.GetText(SipHeaderName.Server).ShouldStartWith("IM-serv/OMA1.0 ");
    }

    [Theory]
    [InlineData("a=sendrecv")]
    [InlineData("a=sendonly")]
    [InlineData("a=inactive")]
    [InlineData("a=x-nothing")]
    [Requirement("DM-12.2.1-2", "A6")]
    public async Task Invite_OfferThatIsNotRecvonly_Is488WithTheCorrectParameters(string direction)
    {
        var answer = await InviteAsync(Sdp, RawRetrieval.Offer(direction: direction));

        answer.StatusCode.ShouldBe(488);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("recvonly");
        answer.GetText(SipHeaderName.ContentType).ShouldBe("application/sdp");
        var sdp = answer.Body.ToString();
        sdp.ShouldContain("a=sendonly\r\n");
        sdp.ShouldContain("a=accept-types:multipart/mixed\r\n");
    }

    [Fact]
    [Requirement("DM-12.2.1-2")]
    public async Task Invite_RecvonlyAtSessionLevel_IsAsGood()
    {
        var offer = RawRetrieval.Offer(direction: "a=x-nothing").Replace("t=0 0\n", "t=0 0\na=recvonly\n", StringComparison.Ordinal);

        (await InviteAsync(Sdp, offer)).GetText(SipHeaderName.Warning)!.ShouldContain("no messages");
    }

    [Theory]
    [InlineData("", "", 488, "must carry an SDP offer")]
    [InlineData(Sdp, "v=0\nthis is no SDP\n", 400, "SDP line 2")]
    [InlineData(Sdp, "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nt=0 0\nm=audio 4000 RTP/AVP 0\n", 488, "m=message")]
    [InlineData("Content-Type: text/plain\n", "hello", 415, "Accept: application/sdp")]
    [InlineData("Content-Encoding: gzip\n" + Sdp, "not read", 415, "Accept-Encoding: identity")]
    [InlineData("e: deflate\n" + Sdp, "not read", 415, "Accept-Encoding: identity")]
    [InlineData("Content-Encoding: identity\n" + Sdp, "v=0\nthis is no SDP\n", 400, "SDP line 2")]
    [InlineData("Require: path\n" + Sdp, "v=0\n", 420, "Unsupported: path")]
    [InlineData("Require: recipient-list-invite, path, timer\n" + Sdp, "v=0\n", 420, "Unsupported: path\r\n")]
    [Requirement("DM-12.1.1-4")]
    public async Task Invite_BodyThatIsNotTaken_GetsItsPreciseAnswer(string headers, string body, int status, string says)
    {
        var answer = await InviteAsync(headers, body);

        answer.StatusCode.ShouldBe(status, answer.ToString());
        answer.ToString().ShouldContain(says);
    }

    [Theory]
    [InlineData("text/nobodyKnowsThis", 406)]
    [InlineData("application/resource-lists+xml, message/*", 406)]
    [InlineData("application/sdp;q=0.0, text/plain", 406)]
    [InlineData("", 406)]
    [InlineData("text/plain, Application/SDP", 488)]
    [InlineData("application/*", 488)]
    [InlineData("*/*;q=0.1", 488)]
    [InlineData("no media type", 406)]
    public async Task Invite_AcceptWithoutSdp_Is406(string accept, int status) =>
        (await InviteAsync($"Accept: {accept}\n{Sdp}", RawRetrieval.Offer())).StatusCode.ShouldBe(status);

    [Fact]
    public async Task Invite_ClientThatTakesNoContainer_Is488() =>
        (await InviteAsync(Sdp, RawRetrieval.Offer(types: "message/cpim", wrapped: "text/plain")))
            .GetText(SipHeaderName.Warning)!.ShouldContain("multipart/mixed");

    [Theory]
    [InlineData("Content-Type: application/sdp\n")]
    [InlineData("Content-Type: text/plain\n")]
    [InlineData("Content-Type: text/plain\nContent-Disposition: recipient-list;handling=optional\n")]
    [InlineData("Content-Type: application/resource-lists+xml\nContent-Disposition: recipient-list-history\n")]
    [InlineData("Content-Type: application/resource-lists+xml\nContent-Disposition: recipient list\n")]
    [InlineData("Content-Type: application/resource-lists+xml\nContent-Disposition: recipient-list\nContent-Encoding: gzip\n")]
    [InlineData("Content-Type: application/resource-lists+xml\nContent-Disposition: recipient-list\nContent-Transfer-Encoding: base64\n")]
    public async Task Invite_WithASecondPartThatMustBeUnderstood_Is415(string second)
    {
        var body = $"--b\nContent-Type: application/sdp\n\n{RawRetrieval.Offer()}\n--b\n{second}\nx\n--b--";

        (await InviteAsync("Content-Type: multipart/mixed;boundary=b\n", body)).StatusCode.ShouldBe(415);
    }

    [Theory]
    [InlineData("Require: 100rel\n")]
    [InlineData("Supported: 100rel, precondition\n")]
    [Requirement("DM-12.1.1-7")]
    public async Task Invite_AsAnImsSendsIt_IsAnsweredAtOnceWithoutProvisional(string headers) =>
        (await InviteAsync(headers + Sdp, RawRetrieval.Offer())).GetText(SipHeaderName.Warning)!.ShouldContain("no messages");

    [Fact]
    [Requirement("DM-12.2.1-R1", "DM-12.2.1-R2", "DM-12.2.1-R3", "DM-12.2.1-R4", "DM-12.2.1-R5", "D18")]
    public async Task Invite_Accepted_SaysWhatTheChapterPrescribes()
    {
        await DepositAsync("erin", "hello");
        using var call = await RawRetrieval.BeginAsync(service, "erin");

        call.Accepted.GetText(SipHeaderName.Server).ShouldStartWith("IM-serv/OMA1.0 ");
        call.Accepted.GetText(SipHeaderName.Allow).ShouldBe("INVITE, ACK, CANCEL, BYE, OPTIONS");
        call.Accepted.GetText(SipHeaderName.Contact)!.ShouldContain(";automata");
        var sdp = call.Accepted.Body.ToString();
        sdp.ShouldContain($"m=message {service.Msrp.Port} TCP/MSRP *\r\n");
        sdp.ShouldContain("a=sendonly\r\n");
        sdp.ShouldContain("a=setup:passive\r\n");
        sdp.ShouldContain($"a=path:msrp://127.0.0.1:{service.Msrp.Port}/");

        (await call.ExchangeAsync("BYE", 2)).StatusCode.ShouldBe(200);
    }

    [Fact]
    [Requirement("DM-12.2.1-R6")]
    public async Task Invite_OverProxies_KeepsTheirRouteInThe200AndInTheBye()
    {
        await DepositAsync("trent", "hello");
        string[] route = [];
        using var call = await RawRetrieval.BeginAsync(service, "trent", headers: local =>
        {
            route = [$"<sip:{local};lr>", "<sip:p2.example.net;lr>"];
            return $"Record-Route: {route[0]}\nRecord-Route: {route[1]}\n";
        });
        List<string> copied = [];
        foreach (var value in call.Accepted.GetValues(SipHeaderName.RecordRoute))
        {
            copied.Add(value.ToString());
        }

        await call.OpenAsync();
        await call.TakeAsync();
        var bye = await call.TakeByeAsync();
        List<string> taken = [];
        foreach (var value in bye.GetValues(SipHeaderName.Route))
        {
            taken.Add(value.ToString());
        }

        copied.ShouldBe(route); // RFC 3261 12.1.1
        taken.ShouldBe(route); // 12.2.1.1, as server in the same order
        bye.RequestUri.ToString().ShouldStartWith("sip:trent@");
    }

    [Fact]
    public async Task ReInvite_WithAPathOfItsOwnOrAList_IsRefusedAndTheSessionGoesOn()
    {
        await DepositAsync("frank", "hello");
        using var call = await RawRetrieval.BeginAsync(service, "frank");

        (await call.ExchangeAsync("INVITE", 2, $"Contact: <sip:frank@127.0.0.1>\n{Sdp}", RawRetrieval.Offer())).StatusCode.ShouldBe(488);
        var withList = await call.ExchangeAsync(
            "INVITE", 3, $"Contact: <sip:frank@127.0.0.1>\nRequire: recipient-list-invite\n{Sdp}", RawRetrieval.Offer());
        withList.StatusCode.ShouldBe(420);
        withList.GetText(SipHeaderName.Unsupported).ShouldBe("recipient-list-invite");
        await call.OpenAsync();
        (await call.TakeAsync()).ShouldContain("hello");
        await call.TakeByeAsync();
    }

    public void Dispose() => _sip.Dispose();

    private Task<SipMessage> InviteAsync(string headers, string body) => _sip.ExchangeAsync(_sip.Request(
        "INVITE",
        Deferred,
        $"Contact: <sip:alice@{_sip.Local}>\nP-Asserted-Identity: <sip:alice@example.net>\n{headers}",
        body));

    private async Task DepositAsync(string user, string text) =>
        (await _sip.ExchangeAsync(_sip.Request("MESSAGE", $"sip:{user}@example.net", "Content-Type: text/plain\n", text)))
            .StatusCode.ShouldBe(202);
}
