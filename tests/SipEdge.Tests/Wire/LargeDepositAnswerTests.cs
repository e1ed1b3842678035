using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>The answers to an INVITE that wants to bring large messages, and to what comes within its dialog.</summary>
public sealed class LargeDepositAnswerTests(ServiceWithBodies service) : IClassFixture<ServiceWithBodies>, IDisposable
{
    private const string Sdp = "Content-Type: application/sdp\n";

    private readonly RawSip _sip = new(service.Sip);

    [Theory]
    [InlineData("a=recvonly", "active", "sendonly or sendrecv")]
    [InlineData("a=inactive", "active", "sendonly or sendrecv")]
    [Requirement("DM-12.2.2.1-2")]
    public async Task Offer_ThatBringsNothing_Is488WithWhatWouldDo(string direction, string setup, string says)
    {
        var answer = await InviteAsync(Sdp, RawDeposit.Offer(direction: direction, setup: setup));

        answer.StatusCode.ShouldBe(488);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain(says);
        answer.Body.ToString().ShouldContain("a=recvonly");
        answer.Body.ToString().ShouldContain("a=max-size");
    }

    [Fact]
    public async Task Invite_WithoutAnOffer_Is488() => (await InviteAsync("", "")).StatusCode.ShouldBe(488);

    [Theory]
    [InlineData("Content-Type: text/plain\n", "hello", 415)]
    [InlineData(Sdp, "no session", 400)]
    [InlineData("Accept: text/plain\n" + Sdp, "", 406)]
    [InlineData("Require: recipient-list-invite\n" + Sdp, "", 420)]
    public async Task Invite_ThatCannotBeServed_IsAnsweredByTheBook(string headers, string body, int status) =>
        (await InviteAsync(headers, body)).StatusCode.ShouldBe(status);

    [Fact]
    public async Task Invite_BeyondTheSessionsOfAMailbox_Is480()
    {
        using var first = await RawDeposit.BeginAsync(service, "erin");
        using var second = await RawDeposit.BeginAsync(service, "erin");

        var third = await InviteAsync(Sdp, RawDeposit.Offer(), "erin");

        third.StatusCode.ShouldBe(480);
        third.GetText(SipHeaderName.Warning)!.ShouldContain("too many sessions");
        await first.ByeAsync();
        await second.ByeAsync();
    }

    [Fact]
    public async Task Session_WithATimer_IsRefreshedByItsSenderAndTakesTheMessage()
    {
        using var call = await RawDeposit.OpenAsync(service, "dave", "Supported: timer\nRequire: timer\nSession-Expires: 1800\n");
        call.Accepted.GetText(SipHeaderName.SessionExpires).ShouldBe("1800;refresher=uac");

        var refreshed = await call.ReInviteAsync(2, $"Supported: timer\nSession-Expires: 3600\n{Sdp}", RawDeposit.Offer(call.Path));

        refreshed.StatusCode.ShouldBe(200, refreshed.ToString());
        refreshed.GetText(SipHeaderName.SessionExpires).ShouldBe("3600;refresher=uac");
        refreshed.Body.ToString().ShouldBe(call.Accepted.Body.ToString());
        (await call.SendAsync("tx000001", "refreshed1", "1-5/5", "hello")).ShouldBe(200);
        await call.ByeAsync(sequence: 3);
    }

    [Fact]
    public async Task ReInvite_ThatHoldsASessionOfLargeMessages_Is488AndItGoesOn()
    {
        using var call = await RawDeposit.OpenAsync(service, "dave");

        (await call.ReInviteAsync(2, Sdp, RawDeposit.Offer(call.Path, "a=inactive"))).StatusCode.ShouldBe(488);

        (await call.SendAsync("tx000002", "held000001", "1-5/5", "hello")).ShouldBe(200);
        await call.ByeAsync(sequence: 3);
    }

    public void Dispose() => _sip.Dispose();

    private Task<SipMessage> InviteAsync(string headers, string body, string user = "dave") => _sip.ExchangeAsync(_sip.Request(
        "INVITE",
        $"sip:{user}@example.net",
        $"Contact: <sip:alice@{_sip.Local}>\nP-Asserted-Identity: <sip:alice@example.net>\n{headers}",
        body));
}
