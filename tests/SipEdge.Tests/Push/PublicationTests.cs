using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>PUBLISH as RFC 3903 6 has it.</summary>
public sealed class PublicationTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>
{
    private const string Inactive =
        "<s xmlns=\"urn:any\"><entity id=\"1\"><x:deferred-settings xmlns:x=\"urn:x\"><x:offline-delivery active=\"0\"/></x:deferred-settings></entity></s>";

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_RefreshModifyRemove_EachGetsANewTagAndEndsTheOldState()
    {
        using var dave = new RawCallee(service, "dave");
        var initial = await dave.PublishAsync("Expires: 300\n", Inactive);
        initial.StatusCode.ShouldBe(200, initial.ToString());
        initial.GetText(SipHeaderName.Expires).ShouldBe("300");
        var tag = initial.GetText(SipHeaderName.SipETag)!;

        var refreshed = await dave.PublishedAsync($"SIP-If-Match: {tag}\n", string.Empty);
        refreshed.ShouldNotBe(tag);
        var modified = await dave.PublishedAsync($"SIP-If-Match: {refreshed}\n");
        (await dave.PublishAsync($"SIP-If-Match: {refreshed}\n", string.Empty)).StatusCode.ShouldBe(412); // its state is no more

        var removed = await dave.PublishAsync($"SIP-If-Match: {modified}\nExpires: 0\n", string.Empty);
        removed.StatusCode.ShouldBe(200);
        removed.GetText(SipHeaderName.Expires).ShouldBe("0");
        (await dave.PublishAsync($"SIP-If-Match: {modified}\n", string.Empty)).StatusCode.ShouldBe(412);
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_WithATagThatIsNotOurs_Gets412()
    {
        using var erin = new RawCallee(service, "erin");
        using var frank = new RawCallee(service, "frank");
        var tag = await erin.PublishedAsync();
        await frank.PublishedAsync();

        (await frank.PublishAsync($"SIP-If-Match: {tag}\n", string.Empty)).StatusCode.ShouldBe(412);
        (await erin.PublishAsync($"SIP-If-Match: {tag}\n", string.Empty, "poc-settings")).StatusCode.ShouldBe(412);
        (await erin.PublishAsync($"SIP-If-Match: {tag[..^1]}{(tag[^1] == '0' ? '1' : '0')}\n", string.Empty)).StatusCode.ShouldBe(412);
        (await erin.PublishAsync("SIP-If-Match: dx200xyz\n", string.Empty)).StatusCode.ShouldBe(412);
        (await erin.PublishAsync($"SIP-If-Match: {tag}\n", string.Empty)).StatusCode.ShouldBe(200);
    }

    [Theory]
    [InlineData(489, "", "<a/>", "presence", "Allow-Events: im-settings, poc-settings")]
    [InlineData(489, "", "<a/>", null, "Allow-Events: im-settings, poc-settings")]
    [InlineData(423, "Expires: 59\n", "<a/>", "im-settings", "Min-Expires: 60")]
    [InlineData(400, "Expires: soon\n", "<a/>", "im-settings", "")]
    [InlineData(415, "Content-Type: application/pidf+xml\n", "<a/>", "im-settings", "Accept: application/im-settings+xml, application/poc-settings+xml")]
    [InlineData(400, "SIP-If-Match: one, two\n", "<a/>", "im-settings", "entity-tag")]
    [InlineData(400, "", "", "im-settings", "carries the settings")]
    [InlineData(400, "", "<a>", "im-settings", "cannot be read")]
    [InlineData(400, "", "<deferred-settings><offline-delivery active=\"maybe\"/></deferred-settings>", "im-settings", "cannot be read")]
    [InlineData(400, "", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "im-settings", "cannot be read")]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_ThatCannotBeTaken_IsRefusedPrecisely(
        int status, string headers, string body, string? package, string says)
    {
        using var grace = new RawCallee(service, "grace");
        var answer = await grace.PublishAsync(headers, body, package);
        answer.StatusCode.ShouldBe(status, answer.ToString());
        answer.ToString().ShouldContain(says);
        (await grace.IsLeftAloneAsync()).ShouldBeTrue();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_LargerThanMayBe_Gets413()
    {
        using var judy = new RawCallee(service, "judy");
        var answer = await judy.PublishAsync(body: $"<a>{new string('b', 16 * 1024)}</a>");
        answer.StatusCode.ShouldBe(413);
        answer.ToString().ShouldContain("at most 16384 octets");
        (await judy.IsLeftAloneAsync()).ShouldBeTrue();
    }

    [Fact]
    [Requirement("DM-12.2.2.2-1")]
    public async Task Publish_ThatRemoves_StartsNothingThoughMessagesWait()
    {
        using var kim = new RawCallee(service, "kim");
        var tag = await kim.PublishedAsync(); // nothing waits: no call
        (await kim.IsLeftAloneAsync()).ShouldBeTrue();
        await kim.DepositAsync("not wanted any more");
        (await kim.PublishAsync($"SIP-If-Match: {tag}\nExpires: 0\n", string.Empty)).StatusCode.ShouldBe(200);
        (await kim.IsLeftAloneAsync()).ShouldBeTrue();
    }

    [Fact]
    [Requirement("D15")]
    public async Task Publish_ByAnyoneButTheOwner_IsRefused()
    {
        using var heidi = new RawCallee(service, "heidi");
        (await heidi.PublishAsync(to: "sip:ivan@example.net")).StatusCode.ShouldBe(403);
        using var carol = new RawCallee(service, "carol"); // may not retrieve
        (await carol.PublishAsync()).StatusCode.ShouldBe(403);
        var unknown = await heidi.Sip.ExchangeAsync(
            heidi.PublishText().Replace($"P-Asserted-Identity: <{heidi.Aor}>\n", string.Empty, StringComparison.Ordinal));
        unknown.StatusCode.ShouldBe(401);
        unknown.Contains(SipHeaderName.WwwAuthenticate).ShouldBeTrue();
        (await heidi.PublishAsync(to: "sip:nobody@example.net")).StatusCode.ShouldBe(404);
        (await heidi.PublishAsync(to: "sip:Deferred@im.example.net")).StatusCode.ShouldBe(405);
    }
}
