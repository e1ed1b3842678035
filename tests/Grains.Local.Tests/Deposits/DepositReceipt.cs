using Orleans;

namespace PosteRestante.Grains.Local.Tests.Deposits;

[GenerateSerializer]
[Immutable]
[Alias("test.DepositReceipt")]
public sealed record DepositReceipt
{
    [Id(0)]
    public int Waiting { get; init; }
}
