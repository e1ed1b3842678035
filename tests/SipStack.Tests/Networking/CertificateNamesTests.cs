using System.Security.Cryptography.X509Certificates;
using PosteRestante.SipStack.Networking;
using PosteRestante.TestKit.Certificates;

namespace PosteRestante.SipStack.Tests.Networking;

/// <summary>Whom a certificate stands for, RFC 5922 7.1 and 7.2.</summary>
public sealed class CertificateNamesTests : IDisposable
{
    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Theory]
    [InlineData("im.example.net", "im.example.net", true)]
    [InlineData("im.example.net", "IM.Example.NET.", true)]
    [InlineData("im.example.net", "example.net", false)]
    [InlineData("*.example.net", "im.example.net", false)] // 7.2: no wildcards
    [InlineData("a.example.net b.example.net", "b.example.net", true)]
    [InlineData("sip:example.net", "example.net", true)]
    [InlineData("sip:example.net im.example.net", "im.example.net", false)] // a SIP URI counts before DNS names
    [InlineData("sip:bob@example.net", "example.net", false)] // a user's, not a domain's
    [InlineData("127.0.0.1", "127.0.0.1", true)]
    [InlineData("127.0.0.1", "127.0.0.2", false)]
    [InlineData("::1", "[::1]", true)]
    [InlineData("im.example.net", "127.0.0.1", false)]
    [InlineData("", "test", true)] // the common name, where there is no other
    [InlineData("im.example.net", "test", false)]
    public void Matches_AlternativeNames_AreComparedWhole(string names, string asked, bool expected)
    {
        var (pem, _) = _authority.Issue(names.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        using var certificate = X509Certificate2.CreateFromPem(pem);

        CertificateNames.Matches(certificate, asked).ShouldBe(expected);
    }

    [Fact]
    public void Fingerprint_OfACertificate_MatchesItselfOnly()
    {
        using var one = X509Certificate2.CreateFromPem(_authority.Issue(["a"]).Certificate);
        using var other = X509Certificate2.CreateFromPem(_authority.Issue(["a"]).Certificate);
        var fingerprint = CertificateFingerprint.Of(one);

        fingerprint.ShouldMatch("^sha-256 ([0-9A-F]{2}:){31}[0-9A-F]{2}$");
        CertificateFingerprint.Matches(one, fingerprint).ShouldBeTrue();
        CertificateFingerprint.Matches(one, fingerprint.ToUpperInvariant()).ShouldBeTrue();
        CertificateFingerprint.Matches(other, fingerprint).ShouldBeFalse();
        CertificateFingerprint.Matches(one, "sha-1 00").ShouldBeFalse();
        CertificateFingerprint.Matches(one, "nonsense").ShouldBeFalse();
    }
}
