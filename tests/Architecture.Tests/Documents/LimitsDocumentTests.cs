using System.Text.RegularExpressions;
using PosteRestante.Architecture.Tests.Sources;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>docs/limits.md names settings that exist, with their defaults, every limit of the network's side, and tests that exist.</summary>
public sealed partial class LimitsDocumentTests
{
    private static readonly string[] NetworkSections =
        ["Sip:Transport", "Sip:Transactions", "Sip:Dialogs", "Sip:Parser", "Tls", "Registrar", "Msrp"];

    private static readonly List<Match> Rows = [.. Row().Matches(File.ReadAllText(Repository.PathOf("docs", "limits.md"))).Cast<Match>()];

    private static readonly Dictionary<string, string> Settings = ConfigurationDocument.Sections()
        .SelectMany(static section => section.Settings.Select(setting => ($"{section.Name}:{setting.Key}", setting.Default)))
        .ToDictionary(StringComparer.Ordinal);

    [Fact]
    public void Rows_NameSettingsAndTheirDefaults() => Rows
        .Where(static row => !Settings.TryGetValue(row.Groups["key"].Value, out var value) || value != row.Groups["default"].Value)
        .Select(static row => row.Value)
        .ShouldBeEmpty("write the row of docs/limits.md anew");

    [Fact]
    public void Limits_OfTheNetworkSide_HaveARow() => Settings.Keys
        .Where(static key => NetworkSections.Contains(key[..key.LastIndexOf(':')]) && Limit().IsMatch(key[(key.LastIndexOf(':') + 1)..]))
        .Except(Rows.Select(static row => row.Groups["key"].Value), StringComparer.Ordinal)
        .ShouldBeEmpty("add a row to docs/limits.md: what happens at the bound, and which test holds it");

    [Fact]
    public void Tests_OfEachRow_Exist()
    {
        var tests = string.Concat(RepositoryFiles.All()
            .Where(static file => file.Path.StartsWith("tests/", StringComparison.Ordinal) && file.Path.EndsWith(".cs", StringComparison.Ordinal))
            .Select(static file => file.Text));
        Rows.SelectMany(static row => Name().Matches(row.Groups["tests"].Value).Cast<Match>())
            .Select(static name => name.Value)
            .Where(name => !tests.Contains($" {name}(", StringComparison.Ordinal) && !tests.Contains($" class {name}", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    [GeneratedRegex(@"^\| `(?<key>[A-Za-z:]+)` \| (?<default>`[^`]+`) \| [^|]+ \| (?<tests>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();

    [GeneratedRegex("^Max|^Min|Timeout$|^Linger|Age$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Limit();

    [GeneratedRegex(@"(?<=`)\w+(?=`)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();
}
