using PosteRestante.Client.Sending;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Tls;

/// <summary>What the service says of itself to a peer over TLS (RFC 3261 12.1.1, RFC 5630, RFC 4975 14).</summary>
public sealed class TlsAnswerTests(ServiceBehindATlsCore service) : IClassFixture<ServiceBehindATlsCore>
{
    [Theory]
    [InlineData("sip:Deferred@im.example.net", "sip:127.0.0.1:{0};transport=tls")]
    [InlineData("sips:Deferred@im.example.net", "sips:127.0.0.1:{0}")]
    public async Task Invite_OverTls_IsAcceptedWithASecureContactAndSecureMedia(string uri, string contact)
    {
        await using var sender = service.Open("alice", "wonderland");
        (await sender.SendAsync(new OutgoingMessage { To = "sip:dave@example.net", Body = "waits"u8.ToArray() })).Status.ShouldBe(202);
        using var peer = new RawTcpSip(service.Sips, service.ClientSettings());
        using var text = new RawSip(service.Sip);
        var offer = RawRetrieval.Offer("msrps://127.0.0.1:9/abcdefghijklmnop;tcp").Replace("TCP/MSRP", "TCP/TLS/MSRP", StringComparison.Ordinal);

        var answer = await peer.ExchangeAsync(text.Request(
            "INVITE",
            uri,
            $"Contact: <sip:dave@{text.Local};transport=tls>\nP-Asserted-Identity: <sip:dave@example.net>\nContent-Type: application/sdp\n",
            offer));

        answer.StatusCode.ShouldBe(200, answer.ToString());
        answer.GetText(SipHeaderName.Contact)!.ShouldStartWith($"<{string.Format(System.Globalization.CultureInfo.InvariantCulture, contact, service.Sips.Port)}>");
        var body = answer.Body.ToString();
        body.ShouldContain($"m=message {service.Msrps.Port} TCP/TLS/MSRP *\r\n");
        body.ShouldContain($"a=path:msrps://127.0.0.1:{service.Msrps.Port}/");
        body.ShouldContain("a=fingerprint:sha-256 ");

        // The session is not to be had over a connection that is not secure.
        using var msrp = await RawMsrp.ConnectAsync(service.Msrp);
        var path = body.Split("a=path:")[1].Split("\r\n")[0];
        await msrp.SendAsync($"MSRP open1234 SEND\nTo-Path: {path}\nFrom-Path: msrps://127.0.0.1:9/abcdefghijklmnop;tcp\nMessage-ID: open5678\nByte-Range: 1-0/0\n-------open1234$\n");
        (await msrp.ReceiveAsync()).ShouldStartWith("MSRP open1234 481");
    }
}
