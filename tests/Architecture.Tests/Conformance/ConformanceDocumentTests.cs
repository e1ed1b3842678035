using PosteRestante.Architecture.Tests.Assemblies;
using PosteRestante.Architecture.Tests.Documents;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Conformance;

public sealed class ConformanceDocumentTests
{
    private static readonly RequirementId[] SampleIds = [new("S", "DM-1", "one"), new("S", "DM-2", "two")];

    [Fact]
    [Trait(GeneratedDocument.Trait, GeneratedDocument.TraitValue)]
    public void Document_IsWhatTheTestsSay() =>
        GeneratedDocument.Check("conformance.md", ConformanceDocument.Render(ConformanceDocument.Ids(), TestAssemblies.Held()));

    [Fact]
    public void Requirement_NamedByATest_IsInTheList()
    {
        var known = ConformanceDocument.Ids().Select(i => i.Id).ToHashSet(StringComparer.Ordinal);
        TestAssemblies.Held().Where(h => !known.Contains(h.Id)).ShouldBeEmpty();
    }

    [Fact]
    public void Ids_AreUnique_AndComplete()
    {
        var ids = ConformanceDocument.Ids();
        ids.Select(i => i.Id).ShouldBeUnique();
        ids.ShouldAllBe(i => i.Section.Length > 0 && i.Statement.Length > 0);
        Enumerable.Range(1, 18).Select(n => $"D{n}").ShouldBeSubsetOf(ids.Select(i => i.Id));
        Enumerable.Range(1, 20).Select(n => $"A{n}").ShouldBeSubsetOf(ids.Select(i => i.Id));
    }

    [Fact]
    public void Render_HeldAndNotHeld_AreToldApart()
    {
        var text = ConformanceDocument.Render(SampleIds, [new("DM-1", "Sip", "A.B"), new("DM-1", "Sip", "A.A"), new("DM-1", "Edge", "C.D")]);
        text.ShouldContain("| DM-1 | one | Edge: `C.D`<br>Sip: `A.A`, `A.B` |\n");
        text.ShouldContain("| DM-2 | two | later |\n");
        text.ShouldContain("1 of 2 are held");
    }

    [Fact]
    public void Reader_FindsTheAttribute_OnClassesAndMethods()
    {
        using var sample = SampleAssembly.Emit("""
            using PosteRestante.TestKit;
            [Requirement("DM-1")] public class A { [Requirement("DM-2", "D3"), Requirement("D4")] public void B() {} public void C() {} }
            """, typeof(RequirementAttribute).Assembly);
        RequirementReader.Read(sample).ShouldBe([
            new("DM-1", "Sample", "A"), new("DM-2", "Sample", "A.B"), new("D3", "Sample", "A.B"), new("D4", "Sample", "A.B")]);
    }
}
