using PosteRestante.Architecture.Tests.Assemblies;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Projects;

public sealed class LayerTests
{
    public static TheoryData<string> Assemblies => [.. LayerTable.Allowed.Keys.Where(p => p != "Grains.Local.Generator")];

    public static TheoryData<string> ProjectFiles =>
        [.. Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(f => Path.GetRelativePath(Repository.Root, f))];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_References_PointDown(string project) =>
        LayerTable.Violations(project, BuiltAssemblies.Of(project).References).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(ProjectFiles))]
    public void ProjectFile_References_AreThoseOfTheTable(string path) =>
        ProjectFile.Load(Repository.PathOf(path)).Violations().ShouldBeEmpty();

    [Fact]
    public void Table_AndSourceFolders_NameTheSameProjects() =>
        ProjectFiles.Select(p => Path.GetFileNameWithoutExtension(p.Data)).ShouldBe(LayerTable.Allowed.Keys, ignoreOrder: true);

    [Theory]
    [InlineData("Grains", "PosteRestante.SipEdge")]
    [InlineData("Protocols", "PosteRestante.SipStack")]
    [InlineData("SipStack", "PosteRestante.Grains.Interfaces")]
    [InlineData("SipEdge", "PosteRestante.Grains")]
    [InlineData("Cli", "PosteRestante.Silo")]
    [InlineData("Client", "PosteRestante.Grains.Local")]
    [InlineData("Grains.Local", "PosteRestante.Grains.Interfaces")]
    [InlineData("Storage", "poste")]
    public void Assembly_ReferenceUpwards_IsFound(string project, string reference) =>
        LayerTable.Violations(project, [reference, "System.Runtime"]).Count().ShouldBe(1);

    [Theory]
    [InlineData("Client", "PosteRestante.Protocols")]
    [InlineData("SipEdge", "PosteRestante.Grains.Local")]
    public void Assembly_ReferenceFurtherDown_IsAllowed(string project, string reference) =>
        LayerTable.Violations(project, [reference]).ShouldBeEmpty();

    [Theory]
    [InlineData("Grains", """<ItemGroup><ProjectReference Include="../SipEdge/SipEdge.csproj" /></ItemGroup>""")]
    [InlineData("Storage", """<ItemGroup><PackageReference Include="Microsoft.Orleans.Runtime" /></ItemGroup>""")]
    [InlineData("Grains", """<ItemGroup><ProjectReference Include="..\Grains.Local\Grains.Local.csproj" /></ItemGroup>""")]
    [InlineData("Protocols", """<Import Project="../../eng/GrainRuntime.targets" />""")]
    [InlineData("Newcomer", "")]
    public void ProjectFile_OutsideTheTable_IsFound(string name, string content) =>
        ProjectFile.Parse(name, $"<Project>{content}</Project>").Violations().Count().ShouldBe(1);
}
