using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>What a MESSAGE, and whatever else is sent to a user, is answered.</summary>
public sealed class DepositAnswerTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>, IDisposable
{
    private const string Bob = "sip:bob@example.net";
    private const string Known = "P-Asserted-Identity: <sip:alice@example.net>\n";
    private const string Text = Known + "Content-Type: text/plain\n";

    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("D9", "DM-12.2.2.3-1", "DM-12.2.2.3-4")]
    public async Task Message_ToAServedUser_Is202WithoutBodyAndContact()
    {
        var answer = await _sip.ExchangeAsync(_sip.Request("MESSAGE", Bob, Text, "Noon?"));

        answer.StatusCode.ShouldBe(202);
        answer.Body.IsEmpty.ShouldBeTrue();
        answer.Contains(SipHeaderName.Contact).ShouldBeFalse();
    }

    [Theory]
    [InlineData("MESSAGE", "sip:nobody@example.net", "", 404, "")]
    [InlineData("MESSAGE", "sip:bob@elsewhere.example", "", 404, "")]
    [InlineData("MESSAGE", "mailto:bob@example.net", "", 416, "")]
    [InlineData("SUBSCRIBE", Bob, "Contact: <sip:alice@127.0.0.1>\n", 405, "Allow: INVITE, ACK, CANCEL, BYE, MESSAGE, PUBLISH, OPTIONS")]
    [InlineData("NEWMETHOD", Bob, "", 405, "Allow: INVITE, ACK, CANCEL, BYE, MESSAGE, PUBLISH, OPTIONS")]
    [InlineData("MESSAGE", "sip:Deferred@im.example.net", "", 405, "Allow: INVITE, ACK, CANCEL, BYE, OPTIONS")]
    [InlineData("REFER", "sip:Delete@im.example.net", "Refer-To: <sip:x@im.example.net>\nContact: <sip:alice@127.0.0.1>\n", 405, "Allow: OPTIONS")]
    [InlineData("MESSAGE", Bob, "Require: nothing-we-know, other\n", 420, "Unsupported: nothing-we-know, other")]
    [InlineData("MESSAGE", Bob, "Require: 100rel\n", 420, "Unsupported: 100rel")]
    [InlineData("MESSAGE", Bob, "Expires: 0\n", 480, "expired already")]
    [InlineData("MESSAGE", Bob, "Expires: tomorrow\n", 400, "malformed Expires")]
    [InlineData("OPTIONS", Bob, "", 200, "Allow: INVITE, ACK, CANCEL, BYE, MESSAGE, PUBLISH, OPTIONS")]
    [InlineData("OPTIONS", "sip:Deferred@im.example.net", "", 200, "Accept: application/sdp, application/resource-lists+xml, multipart/mixed")]
    [InlineData("OPTIONS", "sip:Deferred@im.example.net", "", 200, "Supported: recipient-list-invite, timer\r\n")]
    [InlineData("OPTIONS", Bob, "", 200, "Accept: */*")]
    [InlineData("OPTIONS", "sip:im.example.net", "", 200, "Allow: REGISTER, OPTIONS")]
    [InlineData("OPTIONS", "sip:127.0.0.1", "", 200, "Allow: REGISTER, OPTIONS")]
    [InlineData("OPTIONS", "sip:192.0.2.7", "", 404, "")]
    [InlineData("OPTIONS", "sip:[2001:db8::1]", "", 404, "")]
    [InlineData("BYE", Bob, "", 481, "")]
    [Requirement("A17", "D17")]
    public async Task Request_ByTheBook_GetsItsPreciseAnswer(string method, string uri, string headers, int status, string says)
    {
        var answer = await _sip.ExchangeAsync(_sip.Request(method, uri, Known + headers));

        answer.StatusCode.ShouldBe(status, answer.ToString());
        answer.ToString().ShouldContain(says);
        answer.To.Tag.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public async Task Message_InADialogThatIsNot_Is481()
    {
        var request = _sip.Request("MESSAGE", Bob, Text, "x").Replace($"To: <{Bob}>", $"To: <{Bob}>;tag=gone", StringComparison.Ordinal);

        (await _sip.ExchangeAsync(request)).StatusCode.ShouldBe(481);
    }

    [Fact]
    public async Task Message_BodyOverTheLimit_Is413()
    {
        using var stream = new RawTcpSip(service.Sip);
        (await stream.ExchangeAsync(_sip.Request("MESSAGE", Bob, Text, new string('x', (64 * 1024) + 1)))).StatusCode.ShouldBe(413);
    }

    [Fact]
    [Requirement("D9")]
    public async Task Message_Repeated_IsAnsweredAgainAndStoredOnce()
    {
        const string Dave = "sip:dave@example.net";
        var request = _sip.Request("MESSAGE", Dave, Text, "once");
        (await _sip.ExchangeAsync(request)).StatusCode.ShouldBe(202);
        (await _sip.ExchangeAsync(request)).StatusCode.ShouldBe(202);

        // Over another path, after the transaction: another branch, another Via.
        var branch = request.Split("branch=")[1].Split(';')[0];
        (await _sip.ExchangeAsync(request.Replace(branch, "z9hG4bK" + RawSip.NextMark(), StringComparison.Ordinal))).StatusCode.ShouldBe(202);

        using var call = await RawRetrieval.BeginAsync(service, "dave");
        await call.OpenAsync();
        (await call.TakeAsync()).ShouldContain("once");
        await call.TakeByeAsync(); // and nothing more
    }

    [Theory]
    [InlineData("MESSAGE", "sip:nobody@example.net", "404")]
    [InlineData("SUBSCRIBE", Bob, "405")]
    [InlineData("OPTIONS", Bob, "")]
    public async Task Request_ThatIsRefused_IsCounted(string method, string uri, string status)
    {
        using var counted = new RefusalCounts();

        var answer = await _sip.ExchangeAsync(_sip.Request(method, uri, Known));

        await _sip.ExchangeAsync(_sip.Request("OPTIONS", Bob, Known)); // counted after it was answered, in the same turn
        var key = $"{method} {answer.StatusCode}";
        (counted.Of(key) > 0).ShouldBe(status.Length > 0, key);
    }

    public void Dispose() => _sip.Dispose();
}
