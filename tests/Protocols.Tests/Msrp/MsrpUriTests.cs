using PosteRestante.Protocols.Msrp;

namespace PosteRestante.Protocols.Tests.Msrp;

public sealed class MsrpUriTests
{
    // RFC 4975 6.1
    [Theory]
    [InlineData("msrp://host.example.com:8493/asfd34;tcp", "MSRP://HOST.example.com:8493/asfd34;TCP", true)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrp://user@host:8493/asfd34;tcp", true)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrp://host:8493/asfd34;tcp;x=y", true)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrp://host:8493/Asfd34;tcp", false)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrps://host:8493/asfd34;tcp", false)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrp://host/asfd34;tcp", false)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrp://host:8494/asfd34;tcp", false)]
    [InlineData("msrp://host:8493/asfd34;tcp", "msrp://host:8493/asfd34;ws", false)]
    [InlineData("msrp://host:8493;tcp", "msrp://host:8493/asfd34;tcp", false)]
    [InlineData("msrp://[2001:DB8::1]:1/s;tcp", "msrp://[2001:db8::1]:1/s;tcp", true)]
    public void Uris_AreEqual_ByTheRulesOfMatching(string left, string right, bool equal)
    {
        MsrpUri a = Parse(left);
        MsrpUri b = Parse(right);

        a.Equals(b).ShouldBe(equal);
        b.Equals(a).ShouldBe(equal);
        if (equal)
        {
            a.GetHashCode().ShouldBe(b.GetHashCode());
        }
    }

    [Fact]
    public void Uri_WithAllParts_IsTakenApart()
    {
        MsrpUri uri = Parse("msrps://alice@[2001:db8::9]:2855/iau39soe2843z;ws;other=1");

        uri.IsSecure.ShouldBeTrue();
        uri.Host.ShouldBe("[2001:db8::9]");
        uri.Port.ShouldBe(2855);
        uri.SessionId.ShouldBe("iau39soe2843z");
        uri.Transport.ShouldBe("ws");
        uri.Text.ShouldBe("msrps://alice@[2001:db8::9]:2855/iau39soe2843z;ws;other=1");
    }

    [Theory]
    [InlineData("")]
    [InlineData("sip:alice@example.com")]
    [InlineData("msrp:host/x;tcp")]
    [InlineData("msrp://host:2855/x")]
    [InlineData("msrp://host:2855/x;")]
    [InlineData("msrp://host:2855/;tcp")]
    [InlineData("msrp://host:2855/a/b;tcp")]
    [InlineData("msrp://:2855/x;tcp")]
    [InlineData("msrp://host:/x;tcp")]
    [InlineData("msrp://host:0/x;tcp")]
    [InlineData("msrp://host:65536/x;tcp")]
    [InlineData("msrp://host:+1/x;tcp")]
    [InlineData("msrp://ho st/x;tcp")]
    [InlineData("msrp://[::1/x;tcp")]
    [InlineData("msrp://[]/x;tcp")]
    [InlineData("msrp://ho%st/x;tcp")]
    [InlineData("msrp://host/x;tc p")]
    [InlineData("msrp://host/x\r\n;tcp")]
    public void Text_ThatIsNoMsrpUri_IsRefused(string text) => MsrpUri.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Create_WithIpv6_PutsBrackets() =>
        MsrpUri.Create("::1", 2855, "s3cr3t").Text.ShouldBe("msrp://[::1]:2855/s3cr3t;tcp");

    [Fact]
    public void Create_WithBadParts_Throws() =>
        Should.Throw<ArgumentException>(() => MsrpUri.Create("host", 2855, "a b"));

    [Fact]
    public void Path_OfRelays_KnowsItsEnds()
    {
        MsrpPath.TryParse("msrps://relay.example:2855/r;tcp  msrp://bob.example:9/s;tcp", out MsrpPath? path).ShouldBeTrue();

        path!.First.Host.ShouldBe("relay.example");
        path.Last.Host.ShouldBe("bob.example");
        path.IsDirect.ShouldBeFalse();
        path.Text.ShouldBe("msrps://relay.example:2855/r;tcp msrp://bob.example:9/s;tcp");
    }

    [Theory]
    [InlineData("")]
    [InlineData("msrp://a/b;tcp nonsense")]
    public void Path_WithABadUri_IsRefused(string text) => MsrpPath.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Path_OfTooManyUris_IsRefused() =>
        MsrpPath.TryParse(string.Join(' ', Enumerable.Repeat("msrp://a/b;tcp", MsrpPath.MaxUris + 1)), out _).ShouldBeFalse();

    private static MsrpUri Parse(string text)
    {
        MsrpUri.TryParse(text, out MsrpUri? uri).ShouldBeTrue(text);
        return uri!;
    }
}
