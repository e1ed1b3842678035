using Orleans;
using Orleans.Embedded.Simulation;

namespace PosteRestante.Grains.Local.Tests.Simulation;

/// <summary>Each kind of disorder happens, and grains that are written for it lose nothing.</summary>
public sealed class DisorderTests
{
    [Fact]
    public void Order_AloneDisturbed_NothingFails()
    {
        var run = new LedgerRun(1, new DisorderOptions());

        run.Failures.ShouldBe(0);
        Check(run);
        LedgerRun.AllIds.ShouldAllBe(id => run.Store.Runs(id) == 1);
    }

    [Fact]
    public void RefusedCalls_FailAtOnceAndDoNotRun()
    {
        var run = new LedgerRun(2, new DisorderOptions { RefusedCall = 0.3 });

        run.Failures.ShouldBeGreaterThan(0);
        Check(run);
        LedgerRun.AllIds.ShouldAllBe(id => run.Store.Runs(id) == 1);
    }

    [Fact]
    public void LostRequests_TimeOutAndDoNotRun()
    {
        var run = new LedgerRun(3, new DisorderOptions { LostRequest = 0.3 });

        run.Failures.ShouldBeGreaterThan(0);
        Check(run);
        LedgerRun.AllIds.ShouldAllBe(id => run.Store.Runs(id) == 1);
    }

    [Fact]
    public void LostReplies_TimeOutAfterTheCallRan()
    {
        var run = new LedgerRun(4, new DisorderOptions { LostReply = 0.3 });

        run.Failures.ShouldBeGreaterThan(0);
        Check(run);
        LedgerRun.AllIds.Sum(run.Store.Runs).ShouldBe(LedgerRun.AllIds.Count() + run.Failures);
    }

    [Fact]
    public void CallsExecutedTwice_AreAnsweredOnce()
    {
        var run = new LedgerRun(5, new DisorderOptions { ExecutedTwice = 0.5 });

        Check(run);
        LedgerRun.AllIds.Sum(run.Store.Runs).ShouldBeGreaterThan(LedgerRun.AllIds.Count() + run.Failures);
    }

    [Fact]
    public void DoubledReplies_FindNobody()
    {
        var run = new LedgerRun(6, new DisorderOptions { DoubledReply = 1 });

        run.Failures.ShouldBe(0);
        Check(run);
    }

    [Fact]
    public void Deactivations_BetweenTurns_CostNothing()
    {
        var run = new LedgerRun(7, new DisorderOptions { Deactivation = 0.2 });

        run.Failures.ShouldBe(0);
        Check(run);
        run.Store.Deactivations.ShouldContain(DeactivationReasonCode.RuntimeRequested);
    }

    [Fact]
    public void Ghosts_LiveBesideTheirSuccessorsAndAreFencedByTheStore()
    {
        var run = new LedgerRun(8, new DisorderOptions { Ghost = 0.2 });

        run.Store.AliveAtOnce.ShouldBeGreaterThan(3);
        run.Store.Conflicts.ShouldBeGreaterThan(0);
        Check(run);
    }

    [Fact]
    public void Crashes_LoseWhatIsInMemoryAndKeepTheStore()
    {
        var run = new LedgerRun(9, new DisorderOptions(), crashes: 3);

        run.Failures.ShouldBeGreaterThan(0);
        Check(run);
    }

    [Fact]
    public void Everything_UnderManySeeds_LosesNothing()
    {
        for (var seed = 1UL; seed <= 200; seed++)
        {
            Check(new LedgerRun(seed, DisorderOptions.Everything, crashes: (int)(seed % 3)));
        }
    }

    private static void Check(LedgerRun run)
    {
        run.Acknowledged.ShouldBe(LedgerRun.AllIds, ignoreOrder: true);
        Enumerable.Range(0, 3).SelectMany(ledger => run.Store.Ids(LedgerRun.Ledger(ledger))).ShouldBe(LedgerRun.AllIds, ignoreOrder: true);
    }
}
