using System.Text;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Protocols.Cpim;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Deposit;

public sealed class DepositReaderTests
{
    private static readonly DateTimeOffset Receipt = new(2026, 11, 22, 10, 58, 3, TimeSpan.Zero);
    private static readonly SenderView Alice = new(SenderIdentity.Asserted, "sip:alice@example.net");
    private static readonly DepositOptions Options = new() { MaxBodyOctets = 40_000 };

    private const string CpimBody = """
        From: <sip:alice@example.net>
        To: <sip:bob@example.net>
        NS: imdn <urn:ietf:params:imdn>
        imdn.Message-ID: 34jk
        DateTime: 2026-11-22T10:58:02Z
        imdn.Disposition-Notification: negative-delivery, positive-delivery

        Content-Type: text/plain

        Noon?
        """;

    [Fact]
    [Requirement("DM-12.2.2.3-1")]
    public void Read_PagerMessage_KeepsTheWholeMessageAsItCame()
    {
        var request = Accept(Messages.Pager);

        request.Content.Octets.AsSpan().SequenceEqual(Messages.Octets(Messages.Pager)).ShouldBeTrue();
        Encoding.UTF8.GetString(request.Content.Octets.AsSpan()[request.Content.BodyOffset..]).ShouldBe("Noon?");
        request.Content.Mode.ShouldBe(MessageMode.Pager);
        request.Content.ReceivedAt.ShouldBe(Receipt);
        request.Content.From.ShouldBe("sip:alice@example.net");
        request.Content.Subject.ShouldBe("Lunch");
        request.Content.CallId.ShouldBe("77@alice.example.net");
        request.Content.SenderIdentity.ShouldBe(SenderIdentity.Asserted);
    }

    [Fact]
    [Requirement("DM-12.2.2.3-5a", "DM-12.2.2.3-5b")]
    public void Read_Expires_DecidesTheTimeOfExpiry()
    {
        Accept(Messages.With("Expires: 60")).Content.ExpiresAt.ShouldBe(Receipt.AddSeconds(60));
        Accept(Messages.Pager).Content.ExpiresAt.ShouldBe(Receipt + Options.DefaultLifetime);
        Accept(Messages.With("Expires: 60\nDate: Sun, 22 Nov 2026 10:57:03 GMT"), Receipt.AddSeconds(-30))
            .Content.ExpiresAt.ShouldBe(Receipt);
    }

    [Theory]
    [InlineData("Expires: 0")]
    [InlineData("Expires: 30\nDate: Sun, 22 Nov 2026 10:57:33 GMT")]
    [Requirement("A17")]
    public void Read_ExpiredOnReceipt_IsRefusedWith480(string lines) => Refuse(Messages.With(lines)).Status.ShouldBe(480);

    [Theory]
    [InlineData("Expires: soon")]
    [InlineData("Expires: 60\nExpires: 61")]
    public void Read_MalformedExpires_IsRefusedWith400(string lines) => Refuse(Messages.With(lines)).Status.ShouldBe(400);

    [Fact]
    public void Read_MalformedDate_CountsFromReceipt() =>
        Accept(Messages.With("Expires: 60\nDate: yesterday")).Content.ExpiresAt.ShouldBe(Receipt.AddSeconds(60));

    [Fact]
    public void Read_BodyOverTheLimit_IsRefusedWith413AndAtTheLimitStored()
    {
        Accept(Messages.WithBody("text/plain", new string('x', Options.MaxBodyOctets)));
        Refuse(Messages.WithBody("text/plain", new string('x', Options.MaxBodyOctets + 1))).Status.ShouldBe(413);
    }

    [Fact]
    public void Read_BodyWithoutContentType_IsRefusedWith400() =>
        Refuse(Messages.Pager.Replace("Content-Type: text/plain\n", string.Empty, StringComparison.Ordinal)).Status.ShouldBe(400);

    [Fact]
    public void Read_LongSubject_IsCutAt64OctetsBetweenCharacters()
    {
        Accept(Messages.With("X: y").Replace("Subject: Lunch", "Subject: " + new string('é', 40), StringComparison.Ordinal))
            .Content.Subject.ShouldBe(new string('é', 32));
        Accept(Messages.With("X: y").Replace("Subject: Lunch", "Subject: a" + new string('é', 40), StringComparison.Ordinal))
            .Content.Subject.ShouldBe("a" + new string('é', 31));
    }

    [Fact]
    public void Read_Cpim_NotesMessageIdAndTheReportsThatAreAsked()
    {
        var content = Accept(Messages.WithBody("message/cpim", CpimBody)).Content;

        content.ImdnMessageId.ShouldBe("34jk");
        content.Notifications.ShouldBe(NotificationRequests.NegativeDelivery);
    }

    [Fact]
    public void Read_CpimThatCannotBeRead_IsStoredWithoutReports()
    {
        var content = Accept(Messages.WithBody("message/cpim", "no header")).Content;

        content.ImdnMessageId.ShouldBeEmpty();
        content.Notifications.ShouldBe(NotificationRequests.None);
    }

    [Fact]
    public void DedupeKey_HeadersThatProxiesChange_DoNotCount() =>
        Key(Messages.Pager).ShouldBe(Key(Messages.With("Via: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK2\nRecord-Route: <sip:p;lr>")));

    [Theory]
    [InlineData("Call-ID: 77@", "Call-ID: 78@")]
    [InlineData("CSeq: 1 ", "CSeq: 2 ")]
    [InlineData("tag=a9", "tag=a8")]
    [InlineData("Noon?", "Soon?")]
    [InlineData("text/plain", "text/html")]
    public void DedupeKey_WhatMakesItAnotherMessage_Counts(string was, string becomes) =>
        Key(Messages.Pager.Replace(was, becomes, StringComparison.Ordinal)).ShouldNotBe(Key(Messages.Pager));

    [Fact]
    public void DedupeKey_ImdnMessageId_StandsForCallIdAndCSeqButNotForTheSender()
    {
        var message = Messages.WithBody("message/cpim", CpimBody);
        var again = message.Replace("Call-ID: 77@", "Call-ID: 78@", StringComparison.Ordinal);

        Key(again).ShouldBe(Key(message));
        Key(message, Alice with { Aor = "sip:carol@example.net" }).ShouldNotBe(Key(message));
    }

    [Fact]
    public void DedupeKey_WhereAFieldEnds_Counts() =>
        Key(Messages.WithBody("text/plainx", "y")).ShouldNotBe(Key(Messages.WithBody("text/plain", "xy")));

    private static string Key(string text, SenderView? sender = null)
    {
        using var reader = new DepositReader(Options, new CpimOptions());
        reader.Read(Messages.Parse(text), sender ?? Alice, Receipt, out var request).ShouldBeNull();
        return Convert.ToHexString(request!.DedupeKey.AsSpan());
    }

    private static DepositRequest Accept(string text, DateTimeOffset? receivedAt = null)
    {
        using var reader = new DepositReader(Options, new CpimOptions());
        reader.Read(Messages.Parse(text), Alice, receivedAt ?? Receipt, out var request).ShouldBeNull();
        return request.ShouldNotBeNull();
    }

    private static Answer Refuse(string text)
    {
        using var reader = new DepositReader(Options, new CpimOptions());
        var answer = reader.Read(Messages.Parse(text), Alice, Receipt, out var request).ShouldNotBeNull();
        request.ShouldBeNull();
        return answer;
    }
}
