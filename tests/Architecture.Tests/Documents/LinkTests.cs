using System.Text.RegularExpressions;
using PosteRestante.Architecture.Tests.Sources;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>What a document links to in the repository is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_LeadSomewhere() => RepositoryFiles.All()
        .Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(f => Broken(f.Path, f.Text))
        .ShouldBeEmpty();

    [Theory]
    [InlineData("[a](docs/architecture.md)", 0)]
    [InlineData("[a](docs/adr) [b](LICENSE#x) [c](https://example.net/none)", 0)]
    [InlineData("[a](docs/none.md)", 1)]
    public void Link_ThatLeadsNowhere_IsFound(string text, int found) => Broken("README.md", text).Count().ShouldBe(found);

    private static IEnumerable<string> Broken(string document, string text) =>
        from match in Link().Matches(text)
        let target = match.Groups["target"].Value.Split('#')[0]
        where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
        where !Path.Exists(Path.Combine(Path.GetDirectoryName(Repository.PathOf(document))!, target))
        select $"{document}: {target}";

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
