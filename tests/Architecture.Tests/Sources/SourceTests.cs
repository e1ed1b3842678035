namespace PosteRestante.Architecture.Tests.Sources;

public sealed class SourceTests
{
    private static readonly SourceFile[] Files = [.. SourceFile.Below("src", "tests", "bench")];

    [Fact]
    public void File_HoldsOneType_AndIsNamedAfterIt() => Files.SelectMany(FileRules.OneType).ShouldBeEmpty();

    [Fact]
    public void File_IsShort() => Files.SelectMany(FileRules.Size).ShouldBeEmpty();

    [Fact]
    public void Namespace_IsTheFolder() => Files
        // Orleans has its host extensions in the host's namespace.
        .Where(f => f.Path != "src/Grains.Local/Hosting/OrleansSiloGenericHostExtensions.cs")
        .SelectMany(f => FileRules.NamespaceIsFolder(f, ProjectFolders.Of(f.Path).Folder, ProjectFolders.Of(f.Path).Root))
        .ShouldBeEmpty();

    [Fact]
    public void Options_NameTheirSection_AndDocumentTheirDefaults() => Files
        .Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal))
        // The first have the shape that Orleans gave them (docs/adr/0001-two-grain-runtimes.md), but for what is our own;
        // the others are not configuration: what a test passes to its simulated network, and what stands on a command line.
        .Where(f => !f.Path.StartsWith("src/Grains.Local/", StringComparison.Ordinal)
            || f.Path.StartsWith("src/Grains.Local/Embedded/", StringComparison.Ordinal))
        .Where(f => !f.Path.StartsWith("src/SipStack/Simulation/", StringComparison.Ordinal))
        .Where(f => !f.Path.StartsWith("src/Cli/", StringComparison.Ordinal))
        .SelectMany(OptionsRule.Violations)
        .ShouldBeEmpty();

    [Fact]
    public void ConditionalCompilation_StandsInTheHostingFileOnly() => Files
        .Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal) && FileRules.HasCondition(f))
        .Select(f => f.Path)
        .Where(p => !p.StartsWith("src/Silo/", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [Fact]
    public void ConditionalCompilation_NeedsOneFile() => Files
        .Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal)).Count(FileRules.HasCondition).ShouldBeLessThanOrEqualTo(1);

    [Fact]
    public void Repository_SpeaksOfTheProductAlone() =>
        RepositoryFiles.All().SelectMany(f => BannedWords.Violations(f.Path, f.Text)).ShouldBeEmpty();
}
