using Orleans.Embedded.Simulation;

namespace PosteRestante.Grains.Local.Tests.Simulation;

public sealed class DeterminismTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(42)]
    [InlineData(4711)]
    public void Seed_RunAgain_DoesTheSame(ulong seed)
    {
        var first = new LedgerRun(seed, DisorderOptions.Everything, crashes: 2);
        var second = new LedgerRun(seed, DisorderOptions.Everything, crashes: 2);

        second.Trace.ShouldBe(first.Trace);
        second.Hash.ShouldBe(first.Hash);
        first.Trace.Count.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Seeds_ThatDiffer_RunDifferently() =>
        Enumerable.Range(1, 50).Select(static seed => new LedgerRun((ulong)seed, new DisorderOptions()).Hash).Distinct().Count().ShouldBe(50);

    [Fact]
    public async Task Seed_OnAnyThread_DoesTheSame()
    {
        var hashes = await Task.WhenAll(Enumerable.Range(0, 4).Select(static _ => Task.Run(static () => new LedgerRun(7, DisorderOptions.Everything).Hash)));

        hashes.Distinct().ShouldHaveSingleItem();
    }
}
