using System.Reflection;
using PosteRestante.Architecture.Tests.Documents;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>
/// The embedded runtime has Orleans' surface, as far as it goes: what stands in the assemblies of Orleans that can be
/// had here is compared with them; the rest is named with its signature in a list, from which it is checked by hand.
/// </summary>
public sealed class SurfaceTests
{
    /// <summary>What only the embedded runtime has lives in this namespace; grains and contracts do not name it.</summary>
    private const string Own = "Orleans.Embedded";

    private static readonly Dictionary<string, TypeSurface> Orleans = Package("microsoft.orleans.core.abstractions", "Orleans.Core.Abstractions")
        .Concat(Package("microsoft.orleans.testinghost", "Orleans.TestingHost"))
        .ToDictionary(StringComparer.Ordinal);

    private static readonly IReadOnlyList<TypeSurface> Local =
    [
        .. SurfaceReader.Read(Path.Combine(AppContext.BaseDirectory, "PosteRestante.Grains.Local.dll")).Values
            .Where(static type => !type.Name.StartsWith(Own + ".", StringComparison.Ordinal))
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    public static TheoryData<string> Checked => [.. Local.Where(static type => Orleans.ContainsKey(type.Name)).Select(static type => type.Name)];

    [Theory]
    [MemberData(nameof(Checked))]
    public void Type_ThatOrleansHas_HasItsShapeAndMembers(string name)
    {
        var local = Local.Single(type => type.Name == name);
        var orleans = Orleans[name];

        local.Shape.ShouldBe(orleans.Shape);
        local.Interfaces.Except(orleans.Interfaces).ShouldBeEmpty();
        local.Members.Except(orleans.Members).ShouldBeEmpty($"Orleans has:\n{string.Join('\n', orleans.Members)}");
    }

    [Fact]
    [Trait(GeneratedDocument.Trait, GeneratedDocument.TraitValue)]
    public void Types_ThatCannotBeChecked_AreListedWithTheirSignatures()
    {
        var types = Local.Where(static type => !Orleans.ContainsKey(type.Name));

        CommittedList.Check("OrleansSurface.unchecked.txt", types.SelectMany(static type => type.Lines.Prepend("")));
    }

    [Fact]
    public void Checked_IsMostOfTheSurface() => Checked.Count.ShouldBeGreaterThan(25);

    private static IReadOnlyDictionary<string, TypeSurface> Package(string id, string assembly)
    {
        var root = typeof(SurfaceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "NuGetPackageRoot").Value!;
        return SurfaceReader.Read(Path.Combine(root, id, "10.4.2", "lib", "net10.0", $"{assembly}.dll"));
    }
}
