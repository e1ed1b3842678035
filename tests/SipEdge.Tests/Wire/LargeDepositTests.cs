using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Sending;
using PosteRestante.Client.Sessions;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>What becomes of large messages that arrive complete.</summary>
public sealed class LargeDepositTests(ServiceWithBodies service) : IClassFixture<ServiceWithBodies>
{
    [Fact]
    [Requirement("DM-12.2.2.1-1", "DM-12.2.2.1-2")]
    public async Task Invite_ToAServedUser_IsAnsweredAsOneThatOnlyReceives()
    {
        using var call = await RawDeposit.BeginAsync(service, "dave");

        var sdp = call.Accepted.Body.ToString();
        sdp.ShouldContain("a=recvonly\r\n");
        sdp.ShouldContain("a=accept-types:*\r\n");
        sdp.ShouldContain("a=setup:passive\r\n");
        sdp.ShouldContain($"a=max-size:{ServiceWithBodies.MaxBytes}\r\n");
        call.Accepted.GetText(SipHeaderName.Contact)!.ShouldContain(";automata;+g.oma.sip-im");
        call.Accepted.GetText(SipHeaderName.Server)!.ShouldStartWith("IM-serv/OMA1.0 ");
        call.Accepted.Contains(SipHeaderName.Date).ShouldBeTrue();
        await call.ByeAsync();
    }

    [Fact]
    [Requirement("DM-12.2.2.1-1", "DM-12.2.2.1-2", "DM-12.2.2.3-2", "DM-12.2.2.3-3", "DM-12.2.2.3-4", "DM-12.2.2.3-5c", "A19")]
    public async Task Message_ThatArrivesComplete_IsStoredWithTheHeadersOfItsSession()
    {
        var body = RawDeposit.Text(20_000);
        using var call = await RawDeposit.OpenAsync(
            service,
            "erin",
            "Subject: Pictures\nDate: Sun, 22 Nov 2026 10:00:00 GMT\nPriority: urgent\nConversation-ID: f81d\nX-Unheard-Of: kept\nAuthorization: Digest secret\n");
        (await call.SendAsync("tr000001", "msg00001", $"1-{body.Length}/{body.Length}", body, headers: "Content-Description: holiday\n")).ShouldBe(200);
        await call.ByeAsync("Reason: SIP;cause=200;text=\"done\"\n");

        var stored = (await service.WaitingAsync("erin")).ShouldHaveSingleItem().Content;
        stored.Mode.ShouldBe(MessageMode.Large);
        stored.From.ShouldBe("sip:alice@example.net");
        stored.Subject.ShouldBe("Pictures");
        stored.CallId.ShouldBe(call.CallId);
        stored.SenderIdentity.ShouldBe(SenderIdentity.Asserted);
        (stored.ExpiresAt - stored.ReceivedAt).ShouldBe(TimeSpan.FromDays(7));
        (await service.BodyAsync(stored)).ShouldBe(RawDeposit.Octets(body));
        stored.BodyOffset.ShouldBe(stored.Octets.Length);
        var head = Parse(stored.Octets);
        head.Method.ShouldBe(SipMethod.Invite);
        head.GetText(SipHeaderName.ContentType).ShouldBe("text/plain");
        Field(head, "Message-ID").ShouldBe("msg00001");
        Field(head, "Content-Description").ShouldBe("holiday");
        Field(head, "Date").ShouldBe("Sun, 22 Nov 2026 10:00:00 GMT");
        Field(head, "Priority").ShouldBe("urgent");
        Field(head, "Conversation-ID").ShouldBe("f81d");
        Field(head, "X-Unheard-Of").ShouldBe("kept");
        Field(head, "P-Asserted-Identity").ShouldBe("<sip:alice@example.net>");
        head.Contains(SipHeaderName.Contact).ShouldBeTrue();
        head.Contains(SipHeaderName.Authorization).ShouldBeFalse();
        head.Contains(SipHeaderName.ContentLength).ShouldBeFalse();
        Encoding.UTF8.GetString(stored.Session.AsSpan()).ShouldStartWith("SIP/2.0 200 OK\r\nFrom: <sip:alice@example.net>");
    }

    [Fact]
    [Requirement("DM-12.2.2.3-2")]
    public async Task Bye_OfTheSender_IsKeptWithTheMessagesOfItsSession()
    {
        using var call = await RawDeposit.OpenAsync(service, "frank");
        (await call.SendAsync("tr000001", "msg00001", "1-5/5", "hello")).ShouldBe(200);
        await call.ByeAsync("Reason: SIP;cause=200;text=\"done\"\nSubject: bye\n");

        await Polling.UntilAsync(
            async () => SessionOf((await service.WaitingAsync("frank"))[0].Content).Contains("BYE ", StringComparison.Ordinal),
            "the BYE beside the message");

        var session = SessionOf((await service.WaitingAsync("frank"))[0].Content);
        session.ShouldContain("Reason: SIP;cause=200;text=\"done\"\r\n");
        session.ShouldContain("Subject: bye\r\n");
        session.ShouldNotContain("Via:");
    }

    [Fact]
    [Requirement("DM-12.2.2.3-2", "DM-12.2.2.3-3")]
    public async Task Messages_OfOneSession_AreDepositedEachByItself()
    {
        using var call = await RawDeposit.OpenAsync(service, "grace");
        string[] bodies = [.. Enumerable.Range(0, 4).Select(number => RawDeposit.Text(5_000 + number, (char)('a' + number)))];
        // Interleaved, and each from its end to its beginning.
        for (var number = 0; number < bodies.Length; number++)
        {
            var body = bodies[number];
            (await call.SendAsync($"back000{number}", $"msg0000{number}", $"2001-*/{body.Length}", body[2000..], '$')).ShouldBe(200);
        }

        for (var number = 0; number < bodies.Length; number++)
        {
            (await call.SendAsync($"from000{number}", $"msg0000{number}", $"1-*/{bodies[number].Length}", bodies[number][..2000], '+')).ShouldBe(200);
        }

        await call.ByeAsync();
        var stored = await service.WaitingAsync("grace");
        stored.Count.ShouldBe(4);
        stored.Select(message => message.MessageKey).Distinct().Count().ShouldBe(4);
        for (var number = 0; number < bodies.Length; number++)
        {
            (await service.BodyAsync(stored[number].Content)).ShouldBe(RawDeposit.Octets(bodies[number]));
        }
    }

    [Fact]
    [Requirement("DM-12.2.2.1-2")]
    public async Task Message_WhoseSenderWantsAReport_GetsItAfterThe200()
    {
        using var call = await RawDeposit.OpenAsync(service, "heidi");

        (await call.SendAsync("tr000001", "msg00001", "1-5/5", "hello", headers: "Success-Report: yes\n")).ShouldBe(200);

        var report = await call.Msrp.ReceiveAsync();
        report.ShouldContain(" REPORT\r\n");
        report.ShouldContain("Message-ID: msg00001\r\n");
        report.ShouldContain("Byte-Range: 1-5/5\r\n");
        report.ShouldContain("Status: 000 200 OK\r\n");
        (await service.WaitingAsync("heidi")).Count.ShouldBe(1);
        await call.ByeAsync();
    }

    [Fact]
    public async Task Message_SentTwiceInOneSession_IsStoredOnce()
    {
        using var call = await RawDeposit.OpenAsync(service, "ivan");

        (await call.SendAsync("tr000001", "msg00001", "1-5/5", "hello")).ShouldBe(200);
        (await call.SendAsync("tr000002", "msg00001", "1-5/5", "hello")).ShouldBe(200);

        await call.ByeAsync();
        (await service.WaitingAsync("ivan")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Message_WithTheSameImdnMessageId_IsStoredOnceOverTwoSessions()
    {
        const string Cpim = "From: <im:alice@example.net>\nTo: <im:judy@example.net>\nNS: imdn <urn:ietf:params:imdn>\nimdn.Message-ID: same1\nimdn.Disposition-Notification: negative-delivery\n\nContent-Type: text/plain\n\nhello";
        var length = Cpim.ReplaceLineEndings("\r\n").Length;
        for (var session = 0; session < 2; session++)
        {
            using var call = await RawDeposit.OpenAsync(service, "judy");
            (await call.SendAsync("tr000001", $"msg0000{session}", $"1-{length}/{length}", Cpim, type: "message/cpim")).ShouldBe(200);
            await call.ByeAsync();
        }

        var stored = (await service.WaitingAsync("judy")).ShouldHaveSingleItem().Content;
        stored.ImdnMessageId.ShouldBe("same1");
        stored.Notifications.ShouldBe(NotificationRequests.NegativeDelivery);
        (await service.BodiesOfAsync("judy")).ShouldBe(1);
    }

    [Fact]
    [Requirement("DM-12.2.2.1-2", "DM-12.2.2.3-2")]
    public async Task File_SentByTheClient_IsStoredOctetByOctet()
    {
        var octets = new byte[ServiceWithBodies.MaxBytes];
        new Random(1).NextBytes(octets);
        await using var client = ImClient.Start(
            new ImClientOptions { Aor = "sip:alice@example.net", Server = service.Sip },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            System.Security.Cryptography.RandomNumberGenerator.Fill);
        long progress = 0;

        var result = await client.SendLargeAsync(new OutgoingLargeMessage
        {
            To = "sip:kim@example.net",
            Content = new MemoryStream(octets),
            Subject = "a file",
            Progress = sent => progress = sent,
        });
        var tooLarge = await client.SendLargeAsync(new OutgoingLargeMessage { To = "sip:kim@example.net", Content = new MemoryStream(new byte[octets.Length + 1]) });

        result.IsStored.ShouldBeTrue(result.ToString());
        progress.ShouldBe(octets.Length);
        tooLarge.IsStored.ShouldBeFalse();
        tooLarge.Reason.ShouldContain("octets at most");
        var stored = (await service.WaitingAsync("kim")).ShouldHaveSingleItem().Content;
        stored.Subject.ShouldBe("a file");
        (await service.BodyAsync(stored)).ShouldBe(octets);
    }

    private static string SessionOf(DeferredContent content) => Encoding.UTF8.GetString(content.Session.AsSpan());

    private static SipMessage Parse(ImmutableArray<byte> octets)
    {
        var message = new SipMessage();
        SipMessageParser.Unlimited.Parse(message, octets.ToArray()).IsParsed.ShouldBeTrue();
        return message;
    }

    private static string? Field(SipMessage message, string name) =>
        message.TryGet(Encoding.ASCII.GetBytes(name), out var value) ? value.ToString() : null;
}
