using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using PosteRestante.Silo.Accounts;
using PosteRestante.Silo.Configuration;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Functional.Tests.Configuration;

/// <summary>What one section says decides what another is: who may deposit, under which name the service is known.</summary>
public sealed class SectionRuleTests
{
    private const string AdvertisedIsNeeded = "Listeners:AdvertisedAddress must be the IP address that peers reach the service under; it is needed when Listeners:Address is 0.0.0.0 or ::.";

    [Theory]
    [InlineData("0.0.0.0", "")]
    [InlineData("::", "")]
    [InlineData("0.0.0.0", "im.example.net")]
    [InlineData("127.0.0.1", "im.example.net")]
    public void Listeners_AdvertisedAddressIsMissingOrNone_IsRefused(string address, string advertised) =>
        SiloSections.All.Failures(Configured(("Listeners:Address", address), ("Listeners:AdvertisedAddress", advertised))).ShouldBe([AdvertisedIsNeeded]);

    [Theory]
    [InlineData("127.0.0.1", null, true)]
    [InlineData("127.8.9.10", null, true)]
    [InlineData("::1", null, true)]
    [InlineData("192.0.2.1", null, false)]
    [InlineData("0.0.0.0", null, false)]
    [InlineData("127.0.0.1", "false", false)]
    public void Deposits_WithoutIdentity_AreTakenOnlyWhileNobodyElseCanReachTheListeners(string address, string? set, bool areTaken) =>
        Of<DepositOptions>(("Listeners:Address", address), ("Listeners:AdvertisedAddress", "192.0.2.1"), ("Deposit:AllowUnauthenticated", set))
            .AllowUnauthenticated.ShouldBe(areTaken);

    [Theory]
    [InlineData(null, "im.example.net")]
    [InlineData("example.net", "example.net")]
    public void Challenges_RealmIsNotSet_HaveTheHostOfTheService(string? set, string realm) =>
        Of<DigestOptions>(("Service:Host", "im.example.net"), ("Sip:Digest:Realm", set)).Realm.ShouldBe(realm);

    [Theory]
    [InlineData("192.0.2.1", null, "192.0.2.1")]
    [InlineData("192.0.2.1", "sip.example.net", "sip.example.net")]
    public void Vias_HostIsNotSet_HaveTheAdvertisedAddress(string advertised, string? set, string host) =>
        Of<SipTransportOptions>(("Listeners:AdvertisedAddress", advertised), ("Sip:Transport:AdvertisedHost", set)).AdvertisedHost.ShouldBe(host);

    [Fact]
    public void DefaultAccounts_AnyUserIsNamedInAnyWay_AreNotWanted()
    {
        DefaultAccounts.AreWanted(new AccountOptions()).ShouldBeTrue();
        DefaultAccounts.AreWanted(Of<AccountOptions>(("Accounts:Users:0:Aor", "sip:carol@example.net"))).ShouldBeFalse();
        DefaultAccounts.AreWanted(Of<AccountOptions>(("Accounts:File", "users.json"))).ShouldBeFalse();
        DefaultAccounts.AreWanted(Of<AccountOptions>(("Accounts:WildcardDomains:0", "example.net"), ("Identity:TrustedPeers:0", "192.0.2.1"))).ShouldBeFalse();
    }

    private static IConfigurationRoot Configured(params (string Key, string? Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Key, one.Value)))
        .Build();

    private static TOptions Of<TOptions>(params (string Key, string? Value)[] settings)
        where TOptions : class
    {
        var configured = Configured(settings);
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configured);
        SiloSections.All.Register(services, configured);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<TOptions>>().Value;
    }
}
