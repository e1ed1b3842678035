using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Which of several asserted identities counts (RFC 3325 9.1): the first one that has an account here.</summary>
public sealed class AssertedIdentityTests(ServiceBehindACore service) : IClassFixture<ServiceBehindACore>, IDisposable
{
    private readonly RawSip _sip = new(service.Sip);

    [Theory]
    [InlineData("<sip:alice@example.net>", 488)]
    [InlineData("<tel:+15550100>, <sip:alice@example.net>", 488)]
    [InlineData("<sip:stranger@elsewhere.example>, <sip:alice@example.net>", 488)]
    [InlineData("<mailto:alice@example.net>, <sip:alice@example.net>", 488)]
    [InlineData("<sip:carol@example.net>, <sip:alice@example.net>", 403)] // carol may not retrieve
    [InlineData("<sip:alice@example.net>, <sip:carol@example.net>", 488)]
    [InlineData("<sip:stranger@elsewhere.example>, <tel:+15550100>", 403)]
    [InlineData("<mailto:alice@example.net>", 401)]
    public async Task Invite_WithSeveralIdentities_IsThatOfTheFirstWithAnAccount(string identities, int status)
    {
        var answer = await _sip.ExchangeAsync(_sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:alice@{_sip.Local}>\nP-Asserted-Identity: {identities}\nContent-Type: application/sdp\n",
            RawRetrieval.Offer()));

        answer.StatusCode.ShouldBe(status, answer.GetText(SipHeaderName.Warning));
    }

    public void Dispose() => _sip.Dispose();
}
