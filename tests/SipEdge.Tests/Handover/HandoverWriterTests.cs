using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipStack.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Handover;

public sealed class HandoverWriterTests
{
    private const string Key = "7fq2mxk7lwbatz5rc3dh6n4pvy";
    private static readonly DateTimeOffset Receipt = new(2026, 11, 22, 10, 58, 3, TimeSpan.Zero);

    [Fact]
    [Requirement("D10", "A11", "A13", "DM-12.2.2.5-2", "DM-12.2.2.5-2a", "DM-12.2.2.5-2b", "DM-12.2.2.5-2c", "DM-12.2.2.5-2e", "DM-12.2.1.1.2-5")]
    public void TryWrite_PagerMessage_IsTheEnvelopeAndTheOriginal()
    {
        Write(Messages.Pager, out var contentType).ShouldBe("""
            --p
            Content-Type: message/sipfrag
            Content-ID: <7fq2mxk7lwbatz5rc3dh6n4pvy@im.example.net>

            Date: Sun, 22 Nov 2026 10:58:03 GMT
            From: "Alice" <sip:alice@example.net>;tag=a9
            To: <sip:bob@example.net>
            Subject: Lunch
            Call-ID: 77@alice.example.net

            --p
            Content-Type: message/sipfrag

            MESSAGE sip:bob@example.net SIP/2.0
            From: "Alice" <sip:alice@example.net>;tag=a9
            To: <sip:bob@example.net>
            Call-ID: 77@alice.example.net
            CSeq: 1 MESSAGE
            Subject: Lunch
            Content-Type: text/plain
            Content-Length: 5

            Noon?
            --p--
            """.ReplaceLineEndings("\r\n"));
        contentType.ShouldBe("multipart/mixed;boundary=p");
    }

    [Fact]
    [Requirement("A11", "DM-12.2.2.5-2a")]
    public void TryWrite_OriginalWithADate_KeepsItAndShowsTheReceiptInTheEnvelope()
    {
        var parts = Write(Messages.With("Date: Sat, 21 Nov 2026 08:00:00 GMT"), out _).Split("--p\r\n");

        parts[1].ShouldContain("Date: Sun, 22 Nov 2026 10:58:03 GMT\r\n");
        parts[1].ShouldNotContain("21 Nov");
        parts[2].ShouldContain("Date: Sat, 21 Nov 2026 08:00:00 GMT\r\n");
    }

    [Fact]
    [Requirement("A13")]
    public void TryWrite_FieldsOfTheHopsAndCredentials_AreTakenOutWhateverTheirSpelling()
    {
        var text = Write(
            Messages.With("""
                v: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK3
                Record-Route: <sip:p1.example.net;lr>
                AUTHORIZATION: Digest username="alice", response="0"
                Proxy-Authorization: Digest username="alice", response="0"
                p-charging-vector: icid-value=1
                P-Access-Network-Info: 3GPP-UTRAN
                P-Served-User: <sip:bob@example.net>
                Security-Verify: tls
                X-Kept: yes
                """),
            out _);

        foreach (var gone in (string[])["192.0.2", "Record-Route", "Digest", "icid-value", "3GPP", "Served", "tls", "Max-Forwards"])
        {
            text.ShouldNotContain(gone, Case.Insensitive);
        }

        text.ShouldContain("X-Kept: yes\r\n");
    }

    [Fact]
    [Requirement("DM-12.2.2.5-2e")]
    public void TryWrite_AssertedIdentity_IsShownInBothParts()
    {
        var text = Write(Messages.With("P-Asserted-Identity: <sip:alice@example.net>, <tel:+15550100>"), out _);

        text.Split("P-Asserted-Identity: <sip:alice@example.net>").Length.ShouldBe(3);
        text.ShouldContain("P-Asserted-Identity: <tel:+15550100>\r\n");
    }

    [Theory]
    [InlineData("Privacy: id", SenderIdentity.Asserted)]
    [InlineData("Privacy: header;critical", SenderIdentity.Asserted)]
    [InlineData("Privacy: session;user", SenderIdentity.Asserted)]
    [InlineData("Priority: normal", SenderIdentity.Authenticated)]
    [InlineData("Priority: normal", SenderIdentity.Unverified)]
    [Requirement("A12")]
    public void TryWrite_IdentityThatIsPrivateOrNotAsserted_IsNotShown(string line, SenderIdentity identity) =>
        Write(Messages.With("P-Asserted-Identity: <sip:secret@example.net>\n" + line), out _, identity).ShouldNotContain("secret");

    [Theory]
    [InlineData("Privacy: id", 1)]
    [InlineData("Priority: normal", 0)]
    [Requirement("A12")]
    public void TryWrite_IdentityThatIsPrivate_IsLoggedByTheMessageAlone(string line, int lines)
    {
        var log = new LineLog();

        Write(Messages.With("P-Asserted-Identity: <sip:secret@example.net>\n" + line), out _, logger: log);

        log.Lines.Count.ShouldBe(lines);
        log.Lines.ShouldAllBe(text => text.Contains(Key, StringComparison.Ordinal) && !text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    [Requirement("DM-12.2.2.5-2c")]
    public void TryWrite_BodyWithoutContentLength_GetsOne()
    {
        var text = Write(Messages.Pager.Replace("Content-Length: 5\n", string.Empty, StringComparison.Ordinal), out _);

        text.ShouldContain("Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nNoon?");
    }

    [Fact]
    [Requirement("DM-12.2.2.5-2")]
    public void TryWrite_BodyThatLooksLikeABoundary_GetsAnother()
    {
        Write(Messages.WithBody("text/plain", "--p\n--p--"), out var contentType).ShouldContain("\r\n\r\n--p\r\n--p--\r\n--pa--");
        contentType.ShouldBe("multipart/mixed;boundary=pa");
    }

    [Fact]
    public void TryWrite_OctetsThatAreNoMessage_AreRefused() =>
        new HandoverWriter("im.example.net", SipIdentifiers.FromSeed(1), NullLogger.Instance)
            .TryWrite(new WaitingMessage { MessageKey = Key }, out _)
            .ShouldBeFalse();

    private static string Write(string text, out string contentType, SenderIdentity identity = SenderIdentity.Asserted, ILogger? logger = null)
    {
        var message = new WaitingMessage
        {
            MessageKey = Key,
            Content = new DeferredContent
            {
                Octets = ImmutableArray.Create(Messages.Octets(text)),
                ReceivedAt = Receipt,
                SenderIdentity = identity,
            },
        };
        new HandoverWriter("im.example.net", SipIdentifiers.FromSeed(1), logger ?? NullLogger.Instance)
            .TryWrite(message, out var content).ShouldBeTrue();
        content!.Body.IsNone.ShouldBeTrue();
        contentType = content.ContentType;
        return Encoding.UTF8.GetString(content.Head.Span);
    }
}
