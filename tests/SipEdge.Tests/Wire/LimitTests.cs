using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>The limits of the settings are those that hold, in every section of what is read inside a request.</summary>
public sealed class LimitTests(ServiceWithSmallLimits service) : IClassFixture<ServiceWithSmallLimits>, IDisposable
{
    private const string Sdp = "Content-Type: application/sdp\n";
    private const string Mixed = "Content-Type: multipart/mixed;boundary=b\n";

    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    public async Task Invite_OfferWithMoreLines_Is400()
    {
        (await InviteAsync(Sdp, RawRetrieval.Offer())).StatusCode.ShouldBe(488); // nothing waits
        var answer = await InviteAsync(Sdp, RawRetrieval.Offer() + string.Concat(Enumerable.Repeat("a=x\n", 9)));

        answer.StatusCode.ShouldBe(400);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("SDP line");
    }

    [Fact]
    public async Task Invite_ContainerWithMoreParts_Is400()
    {
        var offer = $"--b\n{Sdp}\n{RawRetrieval.Offer()}\n";
        (await InviteAsync(Mixed, $"{offer}--b--")).StatusCode.ShouldBe(488);
        var answer = await InviteAsync(Mixed, $"{offer}--b\nContent-Disposition: render;handling=optional\n\nx\n--b--");

        answer.StatusCode.ShouldBe(400);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("multipart");
    }

    [Theory]
    [InlineData("<list><entry uri=\"sip:a\"/><entry uri=\"sip:a\"/></list>", 488, "SDP offer")]
    [InlineData("<list><entry uri=\"sip:a\"/><entry uri=\"sip:a\"/><entry uri=\"sip:a\"/></list>", 413, "2 entries")]
    [InlineData("<list><list/></list>", 488, "SDP offer")]
    [InlineData("<list><list><list/></list></list>", 400, "TooDeep")]
    public async Task Invite_ListWithMoreEntriesOrLevels_IsRefused(string lists, int status, string says)
    {
        var answer = await InviteAsync(
            "Content-Type: application/resource-lists+xml\n",
            $"<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\">{lists}</resource-lists>");

        answer.StatusCode.ShouldBe(status, answer.ToString());
        answer.GetText(SipHeaderName.Warning)!.ShouldContain(says);
    }

    [Theory]
    [InlineData("dave", "12345", 2)]
    [InlineData("erin", "1234", 1)]
    public async Task Message_ImdnMessageIdOverTheLimit_TellsNoRepeat(string user, string id, int stored)
    {
        for (var time = 0; time < 2; time++)
        {
            var cpim = $"From: <im:alice@example.net>\nTo: <im:{user}@example.net>\nNS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: {id}\n\nContent-Type: text/plain\n\nhello";
            (await _sip.ExchangeAsync(_sip.Request("MESSAGE", $"sip:{user}@example.net", "Content-Type: message/cpim\n", cpim))).StatusCode.ShouldBe(202);
        }

        using var call = await RawRetrieval.BeginAsync(service, user);
        await call.OpenAsync();
        for (var message = 0; message < stored; message++)
        {
            (await call.TakeAsync()).ShouldContain("hello");
        }

        await call.TakeByeAsync();
    }

    [Fact]
    public async Task MsrpFrame_WithMoreHeaders_EndsItsConnection()
    {
        using var msrp = await RawMsrp.ConnectAsync(service.Msrp);
        await msrp.SendAsync("MSRP open1234 SEND\nTo-Path: msrp://127.0.0.1:1/abc;tcp\nFrom-Path: msrp://127.0.0.1:9/abc;tcp\n"
            + "Message-ID: open5678\nByte-Range: 1-0/0\n-------open1234$\n");
        (await msrp.ReceiveAsync()).ShouldStartWith("MSRP open1234 481");

        await msrp.SendAsync("MSRP open1235 SEND\nTo-Path: msrp://127.0.0.1:1/abc;tcp\nFrom-Path: msrp://127.0.0.1:9/abc;tcp\n"
            + "Message-ID: open5678\nByte-Range: 1-0/0\nX-Fifth: 5\n-------open1235$\n");
        (await msrp.IsClosedAsync()).ShouldBeTrue();
    }

    public void Dispose() => _sip.Dispose();

    private Task<SipMessage> InviteAsync(string headers, string body) => _sip.ExchangeAsync(_sip.Request(
        "INVITE",
        "sip:Deferred@im.example.net",
        $"Contact: <sip:alice@{_sip.Local}>\nP-Asserted-Identity: <sip:alice@example.net>\n{headers}",
        body));
}
