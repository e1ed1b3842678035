using System.Text.RegularExpressions;
using PosteRestante.Architecture.Tests.Sources;
using PosteRestante.Silo.Configuration;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>The settings that documents, units and containers name exist, and the service reads every section.</summary>
public sealed partial class SettingNameTests
{
    private static readonly Dictionary<string, SettingsSection> Sections = ConfigurationDocument.Sections().ToDictionary(s => s.Name);

    [Fact]
    public void OptionsClasses_OfTheService_AreReadFromTheSettings() => ConfigurationDocument.Declared()
        // A gathering of others has no keys of its own.
        .Where(s => s.Settings.Any(k => k.Default != "see there"))
        .Select(s => s.Name)
        .Except(Sections.Keys, StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void Sections_TheServiceReads_AreInTheDocument() =>
        SiloSections.All.Names.Except(Sections.Keys, StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void EnvironmentVariables_ThatAreShown_AreSettings() => RepositoryFiles.All()
        .Where(f => f.Path.StartsWith("infra/", StringComparison.Ordinal) || f.Path.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(f => Unknown(f.Text).Select(name => $"{f.Path}: {name}"))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("Listeners__SipPort=5070", 0)]
    [InlineData("Sip__Timers__T1=00:00:01", 0)]
    [InlineData("Listeners__SipPorts=5070", 1)]
    [InlineData("Listener__SipPort: 5070", 1)]
    public void EnvironmentVariable_ThatIsNoSetting_IsFound(string text, int found) => Unknown(text).Count().ShouldBe(found);

    private static IEnumerable<string> Unknown(string text) =>
        from match in Variable().Matches(text)
        let parts = match.Value.Split("__")
        let known = Sections.TryGetValue(string.Join(':', parts[..^1]), out var section)
            && section.Settings.Any(s => s.Key == parts[^1])
        where !known
        select match.Value;

    [GeneratedRegex(@"\b[A-Z][A-Za-z]+(__[A-Z][A-Za-z]+)+\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();
}
