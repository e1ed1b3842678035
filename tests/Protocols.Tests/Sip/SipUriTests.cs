using PosteRestante.Protocols.Sip;

namespace PosteRestante.Protocols.Tests.Sip;

public sealed class SipUriTests
{
    [Fact]
    public void Parse_FullSipUri_TellsItsParts()
    {
        var uri = SipUri.Parse("sips:ali%20ce:pw@[2001:db8::9:1]:5061;transport=tcp;lr?subject=a%20b&priority=urgent");

        uri.Scheme.ShouldBe(SipUriScheme.Sips);
        uri.IsSip.ShouldBeTrue();
        uri.User.ToString().ShouldBe("ali%20ce");
        SipUri.Unescape(uri.User).ShouldBe("ali ce");
        uri.Password.ToString().ShouldBe("pw");
        uri.Host.ToString().ShouldBe("[2001:db8::9:1]");
        uri.Port.ShouldBe(5061);
        uri.Parameters.Get("transport"u8).ToString().ShouldBe("tcp");
        uri.Parameters.Contains("LR"u8).ShouldBeTrue();
        uri.Parameters.Contains("maddr"u8).ShouldBeFalse();
        uri.HeadersText.ToString().ShouldBe("subject=a%20b&priority=urgent");
        uri.ToString().ShouldBe("sips:ali%20ce:pw@[2001:db8::9:1]:5061;transport=tcp;lr?subject=a%20b&priority=urgent");
        uri.ToOwned().ShouldBe(uri);
    }

    [Fact]
    public void Parse_MinimalAndOther_TellWhatThereIs()
    {
        var plain = SipUri.Parse("SIP:example.net");
        plain.HasUser.ShouldBeFalse();
        plain.User.IsEmpty.ShouldBeTrue();
        plain.Port.ShouldBe(-1);

        var tel = SipUri.Parse("tel:+1-555-1234;phone-context=example.net");
        tel.Scheme.ShouldBe(SipUriScheme.Tel);
        tel.User.ToString().ShouldBe("+1-555-1234");
        tel.Parameters.Get("phone-context"u8).ToString().ShouldBe("example.net");
        tel.Host.IsEmpty.ShouldBeTrue();

        var other = SipUri.Parse("urn:uuid:f81d4fae-7dec");
        other.Scheme.ShouldBe(SipUriScheme.Other);
        other.SchemeText.ToString().ShouldBe("urn");
        other.Opaque.ToString().ShouldBe("uuid:f81d4fae-7dec");
        default(SipUri).IsDefault.ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip")]
    [InlineData("sip:")]
    [InlineData("sip:@h")]
    [InlineData("sip:a@")]
    [InlineData("sip:a@@h")]
    [InlineData("sip:a b@h")]
    [InlineData("sip:a@h h")]
    [InlineData("sip:a@h:")]
    [InlineData("sip:a@h:0x1")]
    [InlineData("sip:a@h:65536")]
    [InlineData("sip:a%4@h")]
    [InlineData("sip:a%zz@h")]
    [InlineData("sip:a@h;")]
    [InlineData("sip:a@h;x=")]
    [InlineData("sip:a@h;=x")]
    [InlineData("sip:a@h;x=%1")]
    [InlineData("sip:a@h?")]
    [InlineData("sip:a@h?x")]
    [InlineData("sip:a@h?x=1&")]
    [InlineData("sip:a@[::1")]
    [InlineData("sip:a@[1.2.3.4]")]
    [InlineData("sip:a@[fe80::1%eth0]")]
    [InlineData("sip:\"a\"@h")]
    [InlineData("sip:<a>@h")]
    [InlineData("1sip:a@h")]
    [InlineData("tel:")]
    [InlineData("http://a b")]
    public void TryParse_Malformed_IsRefused(string text) => SipUri.TryParse(text, out _).ShouldBeFalse();

    // RFC 3261 25.1, octet by octet: what may stand unescaped where.
    [Theory]
    [InlineData("sip:a{0}b@h", "-_.!~*'()&=+$,;?/:")]
    [InlineData("sip:a:b{0}c@h", "-_.!~*'()&=+$,")]
    [InlineData("sip:a@h;p{0}q", "-_.!~*'()[]/:&+$=;")]
    [InlineData("sip:a@h?p=q{0}r", "-_.!~*'()[]/?:+$")]
    public void TryParse_EachOctet_IsTakenWhereTheGrammarHasIt(string shape, string allowed)
    {
        for (var octet = 0; octet < 256; octet++)
        {
            var pieces = shape.Split("{0}");
            byte[] text = [.. SipTestMessages.Octets(pieces[0]), (byte)octet, .. SipTestMessages.Octets(pieces[1])];
            var expected = char.IsAsciiLetterOrDigit((char)octet) || allowed.Contains((char)octet, StringComparison.Ordinal);

            SipUri.TryParse(new SipText(text), out _).ShouldBe(expected, $"octet {octet:X2}");
        }
    }

    // RFC 3261 19.1.4, its examples first.
    [Theory]
    [InlineData("sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtlanTa.CoM;Transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com;security=on")]
    [InlineData("sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com", "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com")]
    [InlineData("sip:alice@atlanta.com?subject=project%20x&priority=urgent", "sip:alice@atlanta.com?priority=urgent&subject=project%20x")]
    [InlineData("sip:a@h;x=1;y=2", "sip:a@h;y=2;x=1;z")]
    [InlineData("sip:a@h;%74ransport=tcp", "sip:a@h;transport=t%63p")]
    [InlineData("sip:a@h;x=1;x=2", "sip:a@h;x=1;x=2")]
    [InlineData("tel:+1-555-1234", "tel:+1(555)1234")]
    [InlineData("URN:uuid:1", "urn:uuid:1")]
    public void Equals_SameByTheRule_IsTrueAndHashesAlike(string left, string right)
    {
        SipUri.Parse(left).ShouldBe(SipUri.Parse(right));
        SipUri.Parse(right).ShouldBe(SipUri.Parse(left));
        (SipUri.Parse(left) == SipUri.Parse(right)).ShouldBeTrue();
        SipUri.Parse(left).GetHashCode().ShouldBe(SipUri.Parse(right).GetHashCode());
    }

    [Theory]
    [InlineData("SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtlanTa.CoM;Transport=UDP")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:5060")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp")]
    [InlineData("sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp")]
    [InlineData("sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting")]
    [InlineData("sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4")]
    [InlineData("sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off")]
    [InlineData("sip:a@h", "sips:a@h")]
    [InlineData("sip:a@h", "sip:h")]
    [InlineData("sip:a@h", "sip:a:p@h")]
    [InlineData("sip:a@h", "sip:a@h;user=phone")]
    [InlineData("sip:a@h", "sip:a@h;maddr=h")]
    [InlineData("sip:a@h", "sip:a@h;ttl=1")]
    [InlineData("sip:a@h", "sip:a@h;t%74l=1")]
    [InlineData("sip:a%3Bb@h", "sip:a;b@h")]
    [InlineData("sip:a@h?x=1", "sip:a@h?x=2")]
    [InlineData("tel:+1-555-1234", "tel:+1-555-1235")]
    [InlineData("tel:1234;phone-context=a", "tel:1234;phone-context=b")]
    [InlineData("urn:uuid:1", "urn:uuid:A")]
    public void Equals_DifferentByTheRule_IsFalse(string left, string right)
    {
        SipUri.Parse(left).ShouldNotBe(SipUri.Parse(right));
        SipUri.Parse(right).ShouldNotBe(SipUri.Parse(left));
    }

    [Theory]
    [InlineData("bob", "example.net", -1, "sip:bob@example.net")]
    [InlineData("bob@home", "example.net", 5070, "sip:bob%40home@example.net:5070")]
    [InlineData("100% sure", "::1", -1, "sip:100%25%20sure@[::1]")]
    [InlineData(null, "[::1]", 5060, "sip:[::1]:5060")]
    public void Create_FromParts_EscapesAndBrackets(string? user, string host, int port, string expected)
    {
        var uri = SipUri.Create(SipUriScheme.Sip, user, host, port);

        uri.ToString().ShouldBe(expected);
        SipUri.Unescape(uri.User).ShouldBe(user ?? "");
    }

    [Fact]
    public void Parse_Malformed_SaysSo() => Should.Throw<FormatException>(() => SipUri.Parse("sip:a b@h"));
}
