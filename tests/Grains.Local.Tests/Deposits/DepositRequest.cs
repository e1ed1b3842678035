using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Local.Tests.Deposits;

[GenerateSerializer]
[Immutable]
[Alias("test.DepositRequest")]
public sealed record DepositRequest
{
    [Id(0)]
    public string Key { get; init; } = "";

    [Id(1)]
    public ImmutableArray<byte> Content { get; init; }
}
