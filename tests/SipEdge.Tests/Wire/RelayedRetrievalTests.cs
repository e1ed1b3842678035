using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Through relays a 200 is only the next hop's word: the success REPORT confirms (D12, RFC 4976 5).</summary>
public sealed class RelayedRetrievalTests(ServiceBehindARelay service) : IClassFixture<ServiceBehindARelay>, IDisposable
{
    private const string Relay = "msrp://127.0.0.1:9/relaysession;tcp";

    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("D12", "DM-12.2.2.5-3")]
    public async Task Message_AcknowledgedByTheRelayAlone_IsOfferedAgainAsTheSameDelivery()
    {
        await DepositAsync("dave");
        var first = await CallAsync("dave", answer: 200);
        var second = await CallAsync("dave", answer: 200);

        RawMsrp.Field(second, "Message-ID").ShouldBe(RawMsrp.Field(first, "Message-ID"));
    }

    [Theory]
    [InlineData("erin", false)]
    [InlineData("frank", true)]
    [Requirement("D12", "DM-12.2.2.5-3")]
    public async Task Message_ReportedByTheRecipient_IsDelivered(string user, bool reportComesFirst)
    {
        await DepositAsync(user);
        await CallAsync(user, 200, "000 200 OK", reportComesFirst);

        (await AskAsync(user)).GetText(SipHeaderName.Warning)!.ShouldContain("no messages");
    }

    [Fact]
    [Requirement("D12")]
    public async Task Message_WhoseReportIsAFailure_IsNotDelivered()
    {
        await DepositAsync("grace");
        await CallAsync("grace", 200, "000 413 too large");

        (await AskAsync("grace")).StatusCode.ShouldBe(200);
    }

    [Fact]
    [Requirement("D12")]
    public async Task Message_OnADirectPath_IsDeliveredByIts200()
    {
        await DepositAsync("heidi");
        using (var call = await RawRetrieval.BeginAsync(service, "heidi"))
        {
            await call.OpenAsync();
            await call.TakeAsync();
            await call.TakeByeAsync();
        }

        (await AskAsync("heidi")).GetText(SipHeaderName.Warning)!.ShouldContain("no messages");
    }

    public void Dispose() => _sip.Dispose();

    private async Task DepositAsync(string user) =>
        (await _sip.ExchangeAsync(_sip.Request("MESSAGE", $"sip:{user}@example.net", "Content-Type: text/plain\n", "hello")))
            .StatusCode.ShouldBe(202);

    private Task<SipMessage> AskAsync(string user) => _sip.ExchangeAsync(_sip.Request(
        "INVITE",
        "sip:Deferred@im.example.net",
        $"Contact: <sip:{user}@{_sip.Local}>\nP-Asserted-Identity: <sip:{user}@example.net>\nContent-Type: application/sdp\n",
        RawRetrieval.Offer()));

    // A whole retrieval over a relay, to the service's BYE; returns the message.
    private async Task<string> CallAsync(string user, int answer, string report = "", bool reportComesFirst = false)
    {
        using var call = await RawRetrieval.BeginAsync(service, user, Relay);
        await call.OpenAsync();
        var frame = await call.Msrp.ReceiveAsync();
        RawMsrp.Field(frame, "To-Path").ShouldBe(call.Path);
        var reportFrame = report.Length == 0 ? string.Empty
            : $"MSRP report12 REPORT\nTo-Path: {call.ServicePath}\nFrom-Path: {call.Path}\nMessage-ID: {RawMsrp.Field(frame, "Message-ID")}\n"
            + $"Byte-Range: {RawMsrp.Field(frame, "Byte-Range")}\nStatus: {report}\n-------report12$\n";
        await call.Msrp.SendAsync(reportComesFirst ? reportFrame : string.Empty);
        await call.Msrp.SendAsync(RawMsrp.Answer(frame, answer));
        await call.Msrp.SendAsync(reportComesFirst ? string.Empty : reportFrame);
        await call.TakeByeAsync();
        return frame;
    }
}
