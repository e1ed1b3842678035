namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Each kind of bad input has a counter that tells it.</summary>
public sealed class BadInputCounterTests(ServiceThatIsCounted service) : IClassFixture<ServiceThatIsCounted>, IDisposable
{
    private const string Bob = "sip:bob@example.net";
    private const string Deferred = "sip:Deferred@im.example.net";
    private const string Text = "Content-Type: text/plain\n";
    private const string Sdp = "Content-Type: application/sdp\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly RawSip _sip = new(service.Sip);

    [Theory]
    [InlineData("MESSAGE", "sip:nobody@example.net", "alice", Text, "x", "sip.requests.refused MESSAGE 404")]
    [InlineData("MESSAGE", "mailto:bob@example.net", "alice", Text, "x", "sip.requests.refused MESSAGE 416")]
    [InlineData("SUBSCRIBE", Bob, "alice", "", "", "sip.requests.refused SUBSCRIBE 405")]
    [InlineData("INVENTED", Bob, "alice", "", "", "sip.requests.refused _OTHER 405")]
    [InlineData("MESSAGE", Bob, "alice", "Require: nothing-we-know\n", "", "sip.requests.refused MESSAGE 420")]
    [InlineData("MESSAGE", Bob, "alice", "Expires: 0\n", "", "sip.requests.refused MESSAGE 480")]
    [InlineData("MESSAGE", Bob, "alice", "", "a body without a type", "sip.requests.refused MESSAGE 400")]
    [InlineData("INVITE", Deferred, "", Sdp, "v=0", "sip.requests.refused INVITE 401")]
    [InlineData("INVITE", Deferred, "carol", Sdp, "v=0", "sip.requests.refused INVITE 403")]
    [InlineData("INVITE", Deferred, "stranger", Sdp, "v=0", "sip.requests.refused INVITE 403")]
    [InlineData("INVITE", Deferred, "alice", Sdp, "no=sdp", "sip.requests.refused INVITE 400")]
    [InlineData("INVITE", Deferred, "alice", Text, "no offer", "sip.requests.refused INVITE 415")]
    [InlineData("MESSAGE", Bob, "alice", "Max-Forwards: many\n", "", "sip.messages.rejected 400")]
    [InlineData("MESSAGE", Bob, "alice", "Content-Length: 7\n", "", "sip.messages.rejected 400")]
    public async Task Request_ThatIsBad_IsCountedForWhatItIs(string method, string uri, string user, string headers, string body, string counter)
    {
        var identity = user.Length > 0 ? $"P-Asserted-Identity: <sip:{user}@example.net>\n" : string.Empty;
        var contact = method == "MESSAGE" ? string.Empty : $"Contact: <sip:alice@{_sip.Local}>\n";
        var counted = service.Meters.Next(counter);

        var answer = await _sip.ExchangeAsync(_sip.Request(method, uri, identity + contact + headers, body));

        counter.ShouldEndWith($" {answer.StatusCode}");
        await counted.WaitAsync(Patience, TimeProvider.System);
    }

    [Fact]
    public async Task Message_BodyOverTheLimit_IsCounted()
    {
        var counted = service.Meters.Next("sip.requests.refused MESSAGE 413");
        _sip.Send(_sip.Request("MESSAGE", Bob, "P-Asserted-Identity: <sip:alice@example.net>\n" + Text, new string('x', 40_000)));
        await counted.WaitAsync(Patience, TimeProvider.System);
    }

    [Theory]
    [InlineData("this is not SIP\n\n", "sip.messages.dropped unanswerable")]
    [InlineData("SIP/2.0 200 OK\nVia: SIP/2.0/UDP 127.0.0.1;branch=z9hG4bKx\nFrom: <sip:a@b>;tag=1\nTo: <sip:a@b>;tag=2\nCall-ID: stray\nCSeq: 1 BYE\nContent-Length: 0\n\n", "sip.messages.dropped stray_response")]
    public async Task Datagram_ThatGetsNoAnswer_IsCounted(string text, string counter)
    {
        var counted = service.Meters.Next(counter);
        _sip.Send(text);
        await counted.WaitAsync(Patience, TimeProvider.System);
    }

    public void Dispose() => _sip.Dispose();
}
