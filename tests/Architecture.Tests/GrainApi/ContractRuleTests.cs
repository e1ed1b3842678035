using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>The rules find what they are there to find.</summary>
public sealed class ContractRuleTests
{
    [Theory]
    [InlineData(typeof(NestedRecord), "is not public and top-level")]
    [InlineData(typeof(OpenRecord), "is not sealed")]
    [InlineData(typeof(BareRecord), "lacks [GenerateSerializer]")]
    [InlineData(typeof(BareRecord), "[Alias]")]
    [InlineData(typeof(PositionalRecord), "has a constructor with parameters")]
    [InlineData(typeof(PositionalRecord), "[Id]s are not")]
    [InlineData(typeof(RequiredRecord), "Name is required")]
    [InlineData(typeof(SettableRecord), "Name is not get and init")]
    [InlineData(typeof(GappyRecord), "[Id]s are not")]
    [InlineData(typeof(LogicalRecord), "logic in its accessors")]
    [InlineData(typeof(IDisposable), "neither a simple value nor a record")]
    [InlineData(typeof(List<int>), "neither a simple value nor a record")]
    public void Fault_IsNamed(Type type, string fault) =>
        ContractRules.FaultsOf(type).ShouldContain(found => found.Contains(fault, StringComparison.Ordinal));

    [Fact]
    public void Core_LooksIntoNullablesAndArrays() => ContractTypes.Core(typeof(ImmutableArray<int?>)).ShouldBe(typeof(int));

    public sealed record NestedRecord;

    public record OpenRecord;

    public sealed record BareRecord;

    public sealed record PositionalRecord(string Name);

    public sealed record RequiredRecord
    {
        [Id(0)]
        public required string Name { get; init; }
    }

    public sealed record SettableRecord
    {
        [Id(0)]
        public string Name { get; set; } = "";
    }

    public sealed record GappyRecord
    {
        [Id(1)]
        public string Name { get; init; } = "";
    }

    public sealed record LogicalRecord
    {
        private readonly string _name = "";

        [Id(0)]
        public string Name { get => _name; init => _name = value.Trim(); }
    }
}
