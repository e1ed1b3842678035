using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.TestKit;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipMessageParserTests
{
    [Fact]
    [Requirement("DM-12.2.2.3-1")]
    public void Parse_Deposit_TellsEveryFieldByType()
    {
        var message = SipTestMessages.Parse(SipTestMessages.Deposit);

        message.IsRequest.ShouldBeTrue();
        message.Method.ShouldBe(SipMethod.Message);
        message.RequestUri.ShouldBe(SipUri.Parse("sip:bob@example.net"));
        message.TopVia.Transport.ToString().ShouldBe("UDP");
        message.TopVia.Host.ToString().ShouldBe("192.0.2.7");
        message.TopVia.Port.ShouldBe(5070);
        message.TopVia.Branch.ToString().ShouldBe("z9hG4bK776sgdkse");
        message.TopVia.HasMagicCookie.ShouldBeTrue();
        message.TopVia.HasRport.ShouldBeTrue();
        message.TopVia.Rport.ShouldBe(-1);
        message.From.DisplayName.ShouldBe("Alice Liddell");
        message.From.Uri.User.ToString().ShouldBe("alice");
        message.From.Tag.ToString().ShouldBe("49583");
        message.To.Uri.Text.ToString().ShouldBe("sip:bob@example.net");
        message.To.Tag.IsEmpty.ShouldBeTrue();
        message.CallId.ToString().ShouldBe("asd88asd77a@192.0.2.7");
        message.CSeq.ShouldBe(new SipCSeq(1, SipMethod.Message));
        message.MaxForwards.ShouldBe(70);
        message.ContentLength.ShouldBe(5);
        message.Body.ToString().ShouldBe("Noon?");
        message.GetContentType(out var type).ShouldBe(SipFieldState.Valid);
        type.Is("text"u8, "plain"u8).ShouldBeTrue();
        type.Parameters.Get("charset"u8).ToString().ShouldBe("utf-8");
        message.GetExpires(out var expires).ShouldBe(SipFieldState.Valid);
        expires.ShouldBe(86400u);
        message.GetDate(out var date).ShouldBe(SipFieldState.Valid);
        date.ShouldBe(new DateTimeOffset(2026, 11, 22, 10, 58, 2, TimeSpan.Zero));
        message.GetAddress(SipHeaderName.PAssertedIdentity, out var tel, SipUriScheme.Tel).ShouldBe(SipFieldState.Valid);
        tel.Uri.User.ToString().ShouldBe("+15551234");
        message.HasToken(SipHeaderName.Privacy, "id"u8).ShouldBeTrue();
        message.HasToken(SipHeaderName.Require, "timer"u8).ShouldBeTrue();
        message.HasToken(SipHeaderName.Require, "100rel"u8).ShouldBeFalse();
        message.GetText(SipHeaderName.Subject).ShouldBe("Lunch");
        message.Contains(SipHeaderName.Contact).ShouldBeFalse();
    }

    [Fact]
    public void Parse_Deposit_AllocatesNothing()
    {
        var octets = SipTestMessages.Octets(SipTestMessages.Deposit);
        var message = new SipMessage();
        SipTestMessages.Parser.Parse(message, octets).IsParsed.ShouldBeTrue();

        Read(); // what the first use of a type allocates is not the parser's
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Read();
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Read()
        {
            _ = SipTestMessages.Parser.Parse(message, octets);
            _ = message.GetExpires(out _);
            _ = message.GetDate(out _);
            _ = message.GetContentType(out _);
            _ = message.GetAddress(SipHeaderName.PAssertedIdentity, out _);
            _ = message.HasToken(SipHeaderName.Require, "timer"u8);
        }
    }

    [Fact]
    public void Parse_CompactForms_AreTheLongNames()
    {
        var message = SipTestMessages.Parse(
            "INVITE sip:bob@example.net SIP/2.0\r\nv: SIP/2.0/TCP h;branch=z9hG4bK1\r\nf: <sip:a@h>;tag=1\r\nT: <sip:b@h>\r\n" +
            "i: 1\r\nCSeq: 1 INVITE\r\nm: <sip:a@h>\r\nk: timer\r\nx: 1800\r\ns: Hi\r\nc: text/plain\r\nl: 2\r\n\r\nok");

        message.Headers.Count.ShouldBe(11);
        message.Contains(SipHeaderName.Unknown).ShouldBeFalse();
        message.Contains(SipHeaderName.Contact).ShouldBeTrue();
        message.Contains(SipHeaderName.SessionExpires).ShouldBeTrue();
        message.Body.ToString().ShouldBe("ok");
    }

    [Fact]
    public void Parse_UnknownHeadersAndMethod_AreKeptInOrder()
    {
        var message = SipTestMessages.Parse(
            "FROB sip:b@h SIP/2.0\r\nX-One: 1\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1\r\nFrom: <sip:a@h>;tag=1\r\nTo: <sip:b@h>\r\n" +
            "Call-ID: 1\r\nCSeq: 7 FROB\r\nx-two:   a,\r\n  b  \r\nContent-Length: 0\r\n\r\n");

        message.Method.ShouldBe(SipMethod.Parse("FROB"));
        message.Method.IsKnown.ShouldBeFalse();
        message.Headers[0].NameText.ToString().ShouldBe("X-One");
        message.Headers[6].Line.ToString().ShouldBe("x-two:   a,\r\n  b  \r\n");
        message.Headers[6].ToText().ShouldBe("a, b");
        message.TryGet("X-Two"u8, out var value).ShouldBeTrue();
        value.ToString().ShouldBe("a,\r\n  b");
    }

    [Fact]
    public void Parse_Response_TellsStatusAndMethod()
    {
        var message = SipTestMessages.Parse(
            "SIP/2.0 488 Not Acceptable Here\r\nVia: SIP/2.0/TCP h;branch=z9hG4bK1;received=192.0.2.1;rport=5060\r\nFrom: <sip:a@h>;tag=1\r\n" +
            "To: <sip:b@h>;tag=2\r\nCall-ID: 1\r\nCSeq: 7 INVITE\r\nContent-Length: 0\r\n\r\n");

        message.IsRequest.ShouldBeFalse();
        message.StatusCode.ShouldBe(488);
        message.ReasonPhrase.ToString().ShouldBe("Not Acceptable Here");
        message.Method.ShouldBe(SipMethod.Invite);
        message.TopVia.Received.ToString().ShouldBe("192.0.2.1");
        message.TopVia.Rport.ShouldBe(5060);
        message.CanBeAnswered.ShouldBeFalse();
    }

    [Theory]
    [InlineData("Via", SipParseError.MissingVia)]
    [InlineData("From", SipParseError.MissingFrom)]
    [InlineData("To", SipParseError.MissingTo)]
    [InlineData("Call-ID", SipParseError.MissingCallId)]
    [InlineData("CSeq", SipParseError.MissingCSeq)]
    public void Parse_WithoutRequiredHeader_IsMalformed(string name, SipParseError error)
    {
        var message = SipTestMessages.TryParse(SipTestMessages.Without(name), out var result);

        result.Error.ShouldBe(error);
        message.CanBeAnswered.ShouldBe(error != SipParseError.MissingVia);
    }

    [Theory]
    [InlineData("Via: SIP/2.0/UDP", SipParseError.BadVia)]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.7:99999;branch=z9hG4bK1", SipParseError.BadVia)]
    [InlineData("Via: SIP/2.0/UDP 192.0.2.7;;branch=z9hG4bK1", SipParseError.BadVia)]
    [InlineData("Via: SIP/2.0/UDP [2001:db8::1;branch=z9hG4bK1", SipParseError.BadVia)]
    [InlineData("From: \"Alice <sip:alice@example.net>;tag=1", SipParseError.BadFrom)]
    [InlineData("From: <sip:alice@example.net;tag=1", SipParseError.BadFrom)]
    [InlineData("From: <sip:alice@>;tag=1", SipParseError.BadFrom)]
    [InlineData("To: < sip:bob@example.net>", SipParseError.BadTo)]
    [InlineData("To: <sip:bob@example.net> tag=1", SipParseError.BadTo)]
    [InlineData("Call-ID: a b", SipParseError.BadCallId)]
    [InlineData("Call-ID:", SipParseError.BadCallId)]
    [InlineData("CSeq: 1", SipParseError.BadCSeq)]
    [InlineData("CSeq: 2147483648 MESSAGE", SipParseError.BadCSeq)]
    [InlineData("CSeq: 1 INVITE", SipParseError.CSeqMethodMismatch)]
    [InlineData("Max-Forwards: 256", SipParseError.BadMaxForwards)]
    [InlineData("Max-Forwards: 7\r\nMax-Forwards: 7", SipParseError.RepeatedHeader)]
    [InlineData("Content-Length: -1", SipParseError.BadContentLength)]
    [InlineData("Content-Length: 6", SipParseError.BodyTruncated)]
    [InlineData("Content-Length: 65537", SipParseError.BodyTooLarge)]
    [InlineData("Subject Lunch", SipParseError.BadHeaderLine)]
    [InlineData("Sub ject: Lunch", SipParseError.BadHeaderLine)]
    [InlineData(": Lunch", SipParseError.BadHeaderLine)]
    [InlineData("Subject: a\nb", SipParseError.BareLineBreak)]
    [InlineData("Subject: a\rb", SipParseError.BareLineBreak)]
    public void Parse_BadHeader_IsMalformedForThatReason(string line, SipParseError error)
    {
        SipTestMessages.TryParse(SipTestMessages.With(line), out var result);

        result.Error.ShouldBe(error);
    }

    [Theory]
    [InlineData("MESSAGE sip:bob@example.net", SipParseError.BadStartLine)]
    [InlineData("MESSAGE  sip:bob@example.net SIP/2.0", SipParseError.BadRequestUri)]
    [InlineData("MESSAGE sip:bob@example.net SIP/2.0 ", SipParseError.BadStartLine)]
    [InlineData("MESSAGE sip:bob@example.net SIP/3.0", SipParseError.UnsupportedVersion)]
    [InlineData("MESSAGE sip:bob@example.net HTTP/1.1", SipParseError.BadStartLine)]
    [InlineData("MESSAGE <sip:bob@example.net> SIP/2.0", SipParseError.BadRequestUri)]
    [InlineData("MESSAGE sip:bob SIP/2.0 SIP/2.0", SipParseError.BadRequestUri)]
    [InlineData("MES:SAGE sip:bob SIP/2.0", SipParseError.BadStartLine)]
    [InlineData("SIP/2.0 99 Low", SipParseError.BadStatusCode)]
    [InlineData("SIP/2.0 700 High", SipParseError.BadStatusCode)]
    [InlineData("SIP/2.0 2000 Long", SipParseError.BadStatusCode)]
    public void Parse_BadStartLine_IsMalformedForThatReason(string line, SipParseError error)
    {
        var rest = SipTestMessages.Deposit[SipTestMessages.Deposit.IndexOf("\r\n", StringComparison.Ordinal)..];
        SipTestMessages.TryParse(line + rest, out var result);

        result.Error.ShouldBe(error);
    }

    [Fact]
    public void Parse_EveryPrefix_IsMalformedAndNeverThrows()
    {
        for (var length = 0; length < SipTestMessages.Deposit.Length; length++)
        {
            SipTestMessages.TryParse(SipTestMessages.Deposit[..length], out var result);
            result.IsParsed.ShouldBeFalse($"{length} octets");
        }
    }

    [Fact]
    public void Parse_OctetsBehindContentLength_AreDiscarded()
    {
        var message = SipTestMessages.Parse(SipTestMessages.Deposit + "MESSAGE sip:eve@example.net SIP/2.0\r\n");

        message.Body.ToString().ShouldBe("Noon?");
        message.Octets.ToString().ShouldBe(SipTestMessages.Deposit);
    }

    [Fact]
    public void Detach_OfBorrowedOctets_SurvivesTheBuffer()
    {
        var octets = SipTestMessages.Octets("\r\n\r\n" + SipTestMessages.Deposit + "tail");
        var buffer = new byte[octets.Length + 20];
        octets.CopyTo(buffer, 10);
        var message = new SipMessage();
        SipTestMessages.Parser.Parse(message, buffer, 10, octets.Length).IsParsed.ShouldBeTrue();

        var kept = message.Detach();
        Array.Clear(buffer);

        message.OwnsOctets.ShouldBeFalse();
        kept.OwnsOctets.ShouldBeTrue();
        kept.Octets.ToString().ShouldBe(SipTestMessages.Deposit);
        kept.From.Uri.Text.ToString().ShouldBe("sip:alice@example.net");
        kept.Detach().ShouldBeSameAs(kept);
        kept.ToImmutableOctets().AsSpan().SequenceEqual(kept.Octets.Span).ShouldBeTrue();
    }
}
