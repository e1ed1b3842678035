using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using PosteRestante.Architecture.Tests.Sources;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>docs/poste.md names every verb, option and exit code of the program, and no others.</summary>
public sealed partial class PosteDocumentTests
{
    private const string Poste = "dotnet run --project src/Cli --";

    private static readonly string Document = File.ReadAllText(Repository.PathOf("docs", "poste.md"));

    [Fact]
    public async Task Document_VerbsAndOptions_AreThoseOfTheProgram()
    {
        var verbs = Verb().Matches(Document).Select(m => m.Groups["verb"].Value).Distinct().ToList();
        var help = (await Shell.RunAsync($"{Poste} --help", Repository.Root)).Output;
        var listed = help[help.IndexOf("Commands:", StringComparison.Ordinal)..].Split('\n').Skip(1)
            .Select(l => l.Trim().Split(' ')[0])
            .Where(v => v.Length > 0);
        listed.ShouldBe(verbs, ignoreOrder: true);

        var options = new HashSet<string>(StringComparer.Ordinal);
        foreach (var verb in verbs)
        {
            options.UnionWith(Option().Matches((await Shell.RunAsync($"{Poste} {verb} --help", Repository.Root)).Output).Select(m => m.Value));
        }

        options.Remove("--help");
        Option().Matches(Document).Select(m => m.Value).Distinct().ShouldBe(options, ignoreOrder: true);
    }

    [Fact]
    public void Document_ExitCodes_AreThoseOfTheProgram()
    {
        const string Path = "src/Cli/ExitCode.cs";
        var codes = new SourceFile(Path, File.ReadAllText(Repository.PathOf(Path))).Root.DescendantNodes()
            .OfType<FieldDeclarationSyntax>()
            .SelectMany(f => f.Declaration.Variables)
            .Select(v => v.Initializer!.Value.ToString());
        Code().Matches(Document).Select(m => m.Groups["code"].Value).ShouldBe(codes, ignoreOrder: true);
    }

    [GeneratedRegex(@"^\| `poste (?<verb>[a-z-]+)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Verb();

    [GeneratedRegex("(?<![a-z-])--[a-z][a-z-]*", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Option();

    [GeneratedRegex(@"^\| (?<code>\d+) \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
