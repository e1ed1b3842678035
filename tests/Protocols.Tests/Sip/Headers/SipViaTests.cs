using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Tests.Sip.Headers;

public sealed class SipViaTests
{
    [Theory]
    [InlineData("SIP/2.0/UDP h;branch=z9hG4bK1", "UDP", "h", -1, "z9hG4bK1")]
    [InlineData("SIP/2.0/TLS-SCTP h:5061 ; branch = z9 ;x=\"a;b\"", "TLS-SCTP", "h", 5061, "z9")]
    [InlineData("SIP / 2.0\r\n / UDP\r\n    192.0.2.2 : 70;branch=1", "UDP", "192.0.2.2", 70, "1")]
    [InlineData("SIP/2.0/TCP [2001:db8::1]:5060", "TCP", "[2001:db8::1]", 5060, "")]
    [InlineData("sip/2.0/udp H", "udp", "H", -1, "")]
    public void TryParse_WellFormed_TellsItsParts(string text, string transport, string host, int port, string branch)
    {
        SipVia.TryParse(SipText.From(text), out var via).ShouldBeTrue();

        via.Transport.ToString().ShouldBe(transport);
        via.Host.ToString().ShouldBe(host);
        via.Port.ShouldBe(port);
        via.Branch.ToString().ShouldBe(branch);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP h", false, -1)]
    [InlineData("SIP/2.0/UDP h;rport", true, -1)]
    [InlineData("SIP/2.0/UDP h;RPORT=5070", true, 5070)]
    [InlineData("SIP/2.0/UDP h;rport=x", true, -1)]
    public void Rport_AskedAndAnswered_AreTold(string text, bool asked, int port)
    {
        SipVia.TryParse(SipText.From(text), out var via).ShouldBeTrue();

        via.HasRport.ShouldBe(asked);
        via.Rport.ShouldBe(port);
    }

    [Theory]
    [InlineData("z9hG4bK1", true)]
    [InlineData("Z9HG4BK1", true)]
    [InlineData("z9hG4bK", false)]
    [InlineData("1", false)]
    public void HasMagicCookie_NeedsMoreThanTheCookie(string branch, bool expected)
    {
        SipVia.TryParse(SipText.From("SIP/2.0/UDP h;branch=" + branch), out var via).ShouldBeTrue();

        via.HasMagicCookie.ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("SIP/2.0/UDP")]
    [InlineData("SIP/2.0/UDP ")]
    [InlineData("SIP/2.0/ h")]
    [InlineData("SIP/2.0 h")]
    [InlineData("SIP/2.0/UDP h:")]
    [InlineData("SIP/2.0/UDP h:x")]
    [InlineData("SIP/2.0/UDP h:65536")]
    [InlineData("SIP/2.0/UDP h h")]
    [InlineData("SIP/2.0/UDP h;branch=1, SIP/2.0/UDP i")]
    public void TryParse_Malformed_IsRefused(string text) => SipVia.TryParse(SipText.From(text), out _).ShouldBeFalse();

    [Fact]
    public void TryParse_BadParameters_StillTellsWhereToAnswer()
    {
        SipVia.TryParse(SipText.From("SIP/2.0/UDP 192.0.2.1:7;;"), out var via).ShouldBeFalse();

        via.Host.ToString().ShouldBe("192.0.2.1");
        via.Port.ShouldBe(7);
        via.Parameters.IsEmpty.ShouldBeTrue();
        via.Branch.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void TopVia_OfAList_IsItsFirst()
    {
        var message = SipTestMessages.Parse(SipTestMessages.With("Via: SIP/2.0/UDP a;branch=z9hG4bKa , SIP/2.0/TCP b;branch=z9hG4bKb"));

        message.TopVia.Host.ToString().ShouldBe("a");
        message.TopVia.Branch.ToString().ShouldBe("z9hG4bKa");
    }
}
