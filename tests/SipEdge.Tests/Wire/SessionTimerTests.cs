using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Session timers and re-INVITEs of a retrieval, whose client never opens the MSRP session, so that only SIP goes on.</summary>
public sealed class SessionTimerTests(ServiceWithShortSessions service) : IClassFixture<ServiceWithShortSessions>, IDisposable
{
    private const string Sdp = "Content-Type: application/sdp\n";

    private readonly RawSip _sip = new(service.Sip);

    [Theory]
    [InlineData("Supported: timer\nSession-Expires: 1800\n", "1800;refresher=uac", "timer")]
    [InlineData("Supported: timer\nSession-Expires: 1800;refresher=uac\n", "1800;refresher=uac", "timer")]
    [InlineData("Supported: timer\nSession-Expires: 1800;refresher=uas\n", "1800;refresher=uas", null)]
    [InlineData("Require: timer\nSession-Expires: 1800\n", "1800;refresher=uac", "timer")]
    [InlineData("Session-Expires: 1800\n", "1800;refresher=uas", null)] // asked for by a proxy; the caller cannot
    [InlineData("Supported: timer\n", null, null)]
    public async Task Invite_SessionExpires_IsAnsweredWithTheRefresherOfTable2(string asked, string? expires, string? require)
    {
        await DepositAsync("dave");

        using var call = await RawRetrieval.BeginAsync(service, "dave", headers: _ => asked);

        call.Accepted.GetText(SipHeaderName.SessionExpires).ShouldBe(expires);
        call.Accepted.GetText(SipHeaderName.Require).ShouldBe(require);
        call.Accepted.GetText(SipHeaderName.Supported).ShouldBe("recipient-list-invite, timer");
        (await call.ExchangeAsync("BYE", 2)).StatusCode.ShouldBe(200);
    }

    [Fact]
    public async Task Invite_IntervalTooShort_Is422WithMinSe()
    {
        await DepositAsync("erin");

        var answer = await _sip.ExchangeAsync(_sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:erin@{_sip.Local}>\nP-Asserted-Identity: <sip:erin@example.net>\nSupported: timer\nSession-Expires: 1\n{Sdp}",
            RawRetrieval.Offer(),
            "sip:erin@example.net"));

        answer.StatusCode.ShouldBe(422);
        answer.GetText(SipHeaderName.MinSe).ShouldBe("2");
    }

    [Fact]
    public async Task Session_ThatTheClientDoesNotRefresh_GetsBye()
    {
        await DepositAsync("frank");
        using var call = await RawRetrieval.BeginAsync(service, "frank", headers: _ => "Supported: timer\nSession-Expires: 2\n");

        var bye = await call.TakeByeAsync();

        bye.TryGet("Reason"u8, out var reason).ShouldBeTrue();
        reason.ToString().ShouldContain("cause=408");
    }

    [Fact]
    public async Task Session_ThatTheClientRefreshes_GoesOn()
    {
        await DepositAsync("grace");
        using var call = await RawRetrieval.BeginAsync(service, "grace", headers: _ => "Supported: timer\nSession-Expires: 2\n");

        var refreshed = await call.ReInviteAsync(2, $"Supported: timer\nSession-Expires: 3600\n{Sdp}", RawRetrieval.Offer(call.Path));

        refreshed.StatusCode.ShouldBe(200);
        refreshed.GetText(SipHeaderName.SessionExpires).ShouldBe("3600;refresher=uac");
        refreshed.Body.ToString().ShouldBe(call.Accepted.Body.ToString(), "the session is the same, its version too (RFC 4028 7.4)");
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System); // past the first interval
        await call.OpenAsync();
        (await call.TakeAsync()).ShouldContain("hello");
        (await call.TakeByeAsync()).TryGet("Reason"u8, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Session_ThatTheServiceRefreshes_GetsAReInviteWithTheSameDescription()
    {
        await DepositAsync("heidi");
        using var call = await RawRetrieval.BeginAsync(service, "heidi", headers: _ => "Session-Expires: 3;refresher=uas\n");

        var refresh = await call.TakeReInviteAsync($"Session-Expires: 3600;refresher=uac\n{Sdp}", RawRetrieval.Offer(call.Path));

        refresh.GetText(SipHeaderName.SessionExpires).ShouldBe("3;refresher=uac");
        refresh.Body.ToString().ShouldBe(call.Accepted.Body.ToString());
        (await call.ExchangeAsync("BYE", 2)).StatusCode.ShouldBe(200);
    }

    [Fact]
    public async Task ReInvite_WithoutOffer_GetsOurs()
    {
        await DepositAsync("ivan");
        using var call = await RawRetrieval.BeginAsync(service, "ivan");

        var answer = await call.ReInviteAsync(2, string.Empty, string.Empty);

        answer.StatusCode.ShouldBe(200);
        answer.Body.ToString().ShouldBe(call.Accepted.Body.ToString());
        answer.TryGet(SipHeaderName.SessionExpires, out _).ShouldBeFalse();
        await call.OpenAsync();
        (await call.TakeAsync()).ShouldContain("hello");
        await call.TakeByeAsync();
    }

    [Theory]
    [InlineData("a=inactive", "")]
    [InlineData("a=sendonly", "")]
    [InlineData("a=recvonly", "msrp://127.0.0.1:9/anotherpathofmine;tcp")]
    public async Task ReInvite_ThatHoldsOrMoves_Is488AndTheSessionGoesOn(string direction, string path)
    {
        await DepositAsync("judy");
        using var call = await RawRetrieval.BeginAsync(service, "judy");

        var answer = await call.ReInviteAsync(2, Sdp, RawRetrieval.Offer(path.Length > 0 ? path : call.Path, direction));

        answer.StatusCode.ShouldBe(488);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("goes on as it was");
        await call.OpenAsync();
        (await call.TakeAsync()).ShouldContain("hello");
        await call.TakeByeAsync();
    }

    public void Dispose() => _sip.Dispose();

    private async Task DepositAsync(string user) =>
        (await _sip.ExchangeAsync(_sip.Request("MESSAGE", $"sip:{user}@example.net", "Content-Type: text/plain\n", "hello")))
            .StatusCode.ShouldBe(202);
}
