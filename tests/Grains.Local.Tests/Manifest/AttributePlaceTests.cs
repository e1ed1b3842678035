using Orleans.Embedded.Manifest;
using Orleans.Runtime;

namespace PosteRestante.Grains.Local.Tests.Manifest;

/// <summary>An attribute where Orleans does not read it stops the start, instead of meaning nothing on a cluster.</summary>
public sealed class AttributePlaceTests
{
    private const string Contract = "public interface IThing : IGrainWithStringKey { ValueTask<int> GoAsync(); } ";

    [Theory]
    [InlineData(Contract + "public class ThingGrain : Grain, IThing { [AlwaysInterleave] public ValueTask<int> GoAsync() => new(1); }", "[AlwaysInterleave] on ThingGrain.GoAsync")]
    [InlineData(Contract + "public class ThingGrain : Grain, IThing { [ReadOnly] public ValueTask<int> GoAsync() => new(1); }", "[ReadOnly] on ThingGrain.GoAsync")]
    [InlineData(Contract + "public class ThingGrain : Grain, IThing { public ValueTask<int> GoAsync() => new(1); [OneWay] public ValueTask Hint() => default; }", "[OneWay] on ThingGrain.Hint")]
    [InlineData("public interface IOther { [ReadOnly] ValueTask GoAsync(); }", "[ReadOnly] on IOther.GoAsync")]
    [InlineData("[Reentrant] public class Helper { }", "[Reentrant] on Helper")]
    [InlineData(Contract + "[Reentrant] public abstract class Base : Grain { } public class ThingGrain : Base, IThing { public ValueTask<int> GoAsync() => new(1); }", "[Reentrant] on Base")]
    [InlineData("public interface IThing : IGrainWithStringKey { [OneWay] ValueTask<int> GoAsync(); }", "which has a result")]
    [InlineData(Contract + "[GrainType(\"t\")] public class AGrain : Grain, IThing { public ValueTask<int> GoAsync() => new(1); } [GrainType(\"t\")] public class BGrain : Grain, IThing { public ValueTask<int> GoAsync() => new(1); }", "grain type 't' is claimed by AGrain and BGrain")]
    public void Attribute_InTheWrongPlace_StopsTheStart(string source, string fault)
    {
        var refusal = Should.Throw<OrleansConfigurationException>(() => Check(source));

        refusal.Message.ShouldContain(fault);
    }

    [Fact]
    public void Attributes_WhereOrleansReadsThem_AreTaken() => Check(
        """
        public interface IThing : IGrainWithStringKey
        {
            [AlwaysInterleave] ValueTask<int> PeekAsync();
            [ReadOnly] ValueTask<int> ReadAsync();
            [OneWay] ValueTask HintAsync();
        }

        [Reentrant, GrainType("thing")]
        public sealed class ThingGrain : Grain, IThing
        {
            public ValueTask<int> PeekAsync() => new(1);
            public ValueTask<int> ReadAsync() => new(2);
            public ValueTask HintAsync() => default;
        }
        """);

    private static void Check(string source)
    {
        var manifest = new GrainManifest();
        manifest.Add(CompiledGrains.Load(source));
        ManifestRules.Check(manifest);
    }
}
