namespace PosteRestante.Architecture.Tests.Conformance;

/// <summary>The requirements that the first slice (a pager-mode message, stored and retrieved) must hold by tests.</summary>
public sealed class FirstSliceTests
{
    private static readonly string[] Ids =
    [
        "DM-12.1.1-0", "DM-12.1.1-2", "DM-12.1.1-3", "DM-12.1.1-4", "DM-12.1.1-4a", "DM-12.1.1-5", "DM-12.1.1-6", "DM-12.1.1-7",
        "DM-12.2-1", "DM-12.2-2",
        "DM-12.2.1-1", "DM-12.2.1-2",
        "DM-12.2.1-R1", "DM-12.2.1-R2", "DM-12.2.1-R3", "DM-12.2.1-R4", "DM-12.2.1-R5", "DM-12.2.1-R6",
        "DM-12.2.1.1-1", "DM-12.2.1.1-2",
        "DM-12.2.1.1.2-1", "DM-12.2.1.1.2-3", "DM-12.2.1.1.2-3a", "DM-12.2.1.1.2-4", "DM-12.2.1.1.2-5",
        "DM-12.2.2.3-1", "DM-12.2.2.3-3", "DM-12.2.2.3-4", "DM-12.2.2.3-5", "DM-12.2.2.3-5a", "DM-12.2.2.3-5b",
        "DM-12.2.2.5-1", "DM-12.2.2.5-2", "DM-12.2.2.5-2a", "DM-12.2.2.5-2b", "DM-12.2.2.5-2c", "DM-12.2.2.5-2e", "DM-12.2.2.5-3",
        "D2", "D9", "D10", "D11", "D12", "D13", "D15", "D16", "D17", "D18",
        "A17", "A18",
    ];

    [Fact]
    public void FirstSlice_EachRequirement_IsHeldByATest() => Ids
        .Except(TestAssemblies.Held().Select(h => h.Id), StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void FirstSlice_Ids_AreInTheList() => Ids.ShouldBeSubsetOf(ConformanceDocument.Ids().Select(i => i.Id));
}
