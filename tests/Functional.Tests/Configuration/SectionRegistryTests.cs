using Microsoft.Extensions.Configuration;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Hosting;

namespace PosteRestante.Functional.Tests.Configuration;

/// <summary>What the inspection of settings says, without a process.</summary>
public sealed class SectionRegistryTests
{
    private static IReadOnlyList<string> FailuresOf(params (string Key, string? Value)[] settings) =>
        SiloSections.All.Failures(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, one.Value)))
            .Build());

    [Fact]
    public void Failures_NothingIsSet_AreNone() => FailuresOf().ShouldBeEmpty();

    [Fact]
    public void Failures_UnknownKeyInAListItem_NamesItsPlace() =>
        FailuresOf(("Accounts:Users:0:Aor", "sip:a@b"), ("Accounts:Users:0:Pasword", "x"))
            .ShouldBe(["Accounts:Users:0:Pasword is not a setting; did you mean Accounts:Users:0:Password?"]);

    [Fact]
    public void Failures_NothingIsNear_NamesWhatIsKnown() =>
        FailuresOf(("Data:Quorum", "3")).ShouldBe(["Data:Quorum is not a setting; known here are Folder."]);

    [Fact]
    public void Failures_SectionIsAValue_SaysSo() =>
        FailuresOf(("Listeners", "5060")).ShouldBe(["Listeners is '5060' but must be a section with keys of its own."]);

    [Theory]
    [InlineData("2147483648")]
    [InlineData("")]
    [InlineData("5,060")]
    public void Failures_NumberCannotBeRead_SaysSo(string text) =>
        FailuresOf(("Listeners:SipPort", text)).ShouldBe([$"Listeners:SipPort is '{text}' but must be a whole number."]);

    [Fact]
    public void Failures_OpenListenerAndDepositsWithoutIdentity_AreRefused() =>
        FailuresOf(("Listeners:Address", "192.0.2.1"), ("Deposit:AllowUnauthenticated", "true")).ShouldBe(
            ["Deposit:AllowUnauthenticated is true, but Listeners:Address (192.0.2.1) can be reached from outside; leave it out, and senders must say who they are."]);

    [Fact]
    public void Failures_OneWrongSectionThatAnotherDependsOn_IsToldOnce() =>
        FailuresOf(("Listeners:Address", "nowhere")).ShouldBe(["Listeners:Address is 'nowhere' but must be an IP address."]);

    [Fact]
    public void Failures_WildcardWithoutTrustedCore_AreRefused() =>
        FailuresOf(("Accounts:WildcardDomains:0", "example.net")).ShouldHaveSingleItem().ShouldStartWith("Accounts:WildcardDomains ");

    [Fact]
    public void Sections_EveryOptionsTypeOfTheService_IsAmongThem()
    {
        // The ports of the other grain runtime are read there only.
        string[] known = [.. SiloSections.All.Names, ClusterOptions.SectionName];
        var named = AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name!.StartsWith("PosteRestante.", StringComparison.Ordinal))
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetField("SectionName")?.GetRawConstantValue() as string)
            .OfType<string>();

        named.Where(name => !known.Any(one => IsPart(one, name))).ShouldBeEmpty();

        // A name that only gathers other sections, Sip, has none of its own.
        static bool IsPart(string inner, string outer) => $"{inner}:".StartsWith($"{outer}:", StringComparison.Ordinal);
    }

    [Fact]
    public void Failures_SecretIsPartOfAWrongSection_IsNotRepeated() =>
        string.Join(' ', FailuresOf(("Accounts:Users:0:Pasword", "hunter2"))).ShouldNotContain("hunter2");
}
