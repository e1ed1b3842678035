using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Storage.Tests.Engine;

public sealed class WriterTests
{
    private readonly SimulatedJournal _journal = new();
    private readonly SimulatedTables _tables = new();
    private readonly StoreLimitsOptions _limits = new();
    private readonly ManualTime _time = new();
    private readonly RecordingObserver _observer = new();

    [Fact]
    public void Write_InOneBatch_IsJudgedAgainstEarlierOnesInIt()
    {
        StepEngine engine = Open();
        RecordKey key = engine.Key(1);

        StepWrite first = engine.Write(key, 0, 1);
        StepWrite second = engine.Write(key, 0, 2);
        engine.RunUntilIdle();

        _journal.Syncs.ShouldBe(1);
        first.Result.Written.ShouldBeTrue();
        second.Result.ShouldBe(new WriteResult(false, first.Result.Etag));
        engine.Read(key).Value.ToArray().ShouldBe([1]);
    }

    [Fact]
    public void Write_ThatLoses_AppendsNothing()
    {
        StepEngine engine = Open();
        RecordKey key = engine.Key(1);
        engine.Written(key, 0, 1);

        engine.Written(key, 0, 2).Written.ShouldBeFalse();

        _journal.Syncs.ShouldBe(1);
        _observer.SyncedWrites.ShouldBe(1);
    }

    [Fact]
    public void Write_WhileTheCommitRuns_JoinsTheNextBatch()
    {
        StepEngine engine = Open();
        StepWrite first = engine.Write(engine.Key(1), 0, 1);
        engine.Engine.Writer.Advance();

        StepWrite[] later = [.. Enumerable.Range(2, 20).Select(number => engine.Write(engine.Key(number), 0, 1))];
        engine.RunUntilIdle();

        _journal.Syncs.ShouldBe(2);
        first.Result.Written.ShouldBeTrue();
        later.ShouldAllBe(static write => write.IsWritten);
    }

    [Fact]
    public void Write_BeforeItsSync_IsNeitherAcknowledgedNorSeen()
    {
        StepEngine engine = Open();
        RecordKey key = engine.Key(1);
        StepWrite write = engine.Write(key, 0, 1);

        while (_journal.Syncs == 0)
        {
            write.IsCompleted.ShouldBeFalse();
            engine.ReadAtOnce(key).Exists.ShouldBeFalse();
            engine.Engine.Writer.Advance().ShouldBeTrue();
        }

        engine.RunUntilIdle();
        write.Result.Written.ShouldBeTrue();
        _observer.AcknowledgedEarly.ShouldBeEmpty();
        _observer.Acknowledged.ShouldBe(1);
    }

    [Fact]
    public void Commit_ThatFails_FailsEveryWriteOfTheBatchAndUndoesIt()
    {
        StepEngine engine = Open();
        RecordKey old = engine.Key(1);
        long etag = engine.Written(old, 0, 1).Etag;
        _journal.FailingCommits = 1;

        StepWrite[] batch = [engine.Write(old, etag, 2), engine.Write(engine.Key(2), 0, 1), engine.Write(engine.Key(2), 0, 2)];
        engine.RunUntilIdle();

        batch.ShouldAllBe(static write => write.Failure.Kind == StorageFailureKind.Unknown);
        engine.Read(old).Version.Etag.ShouldBe(etag);
        engine.Read(engine.Key(2)).Exists.ShouldBeFalse();
        engine.Written(old, etag, 3).Written.ShouldBeTrue();
        engine.Written(engine.Key(2), 0, 3).Written.ShouldBeTrue();
    }

    [Fact]
    public void Commit_ThatFails_NeverLendsItsETagsToAnother()
    {
        StepEngine engine = Open();
        _journal.FailingCommits = 1;
        engine.Write(engine.Key(1), 0, 1);
        engine.RunUntilIdle();

        engine.Written(engine.Key(1), 0, 2).Etag.ShouldBe(2);
    }

    [Fact]
    public void Write_WhileTheApplierLags_WaitsAtTheLimitAndGoesOnAfterIt()
    {
        _limits.RoundBytes = 1000;
        _limits.PendingBytes = 3000;
        _tables.FailingRounds = int.MaxValue;
        StepEngine engine = Open();
        StepWrite[] writes = [.. Enumerable.Range(0, 100).Select(number => engine.Write(engine.Key(number), 0, new byte[500]))];
        _limits.BatchBytes = 4096;
        engine.RunUntilIdle();
        int written = writes.Count(static write => write.IsCompleted);
        written.ShouldBeInRange(5, 20);

        _time.Advance(_limits.ApplyRetryDelay);
        engine.RunUntilIdle();
        writes.Count(static write => write.IsCompleted).ShouldBe(written, "the round failed again");
        _tables.FailingRounds = 0;
        _time.Advance(_limits.ApplyRetryDelay);
        engine.RunUntilIdle();

        writes.ShouldAllBe(static write => write.IsWritten);
    }

    [Fact]
    public void Write_WithAFullQueue_IsRefusedAndNotExecuted()
    {
        _limits.QueuedWrites = 2;
        StepEngine engine = Open();
        engine.Write(engine.Key(1), 0, 1);
        engine.Write(engine.Key(2), 0, 1);

        var failure = Should.Throw<StorageFailureException>(() => { engine.Write(engine.Key(3), 0, 1); });

        failure.Kind.ShouldBe(StorageFailureKind.NotExecuted);
        engine.Read(engine.Key(3)).Exists.ShouldBeFalse();
        engine.Written(engine.Key(3), 0, 1).Written.ShouldBeTrue();
    }

    [Fact]
    public void Write_OverTheRecordLimit_IsRefused()
    {
        _limits.RecordBytes = 100;
        StepEngine engine = Open();

        Should.Throw<StorageFailureException>(() => { engine.Write(engine.Key(1), 0, new byte[101]); })
            .Kind.ShouldBe(StorageFailureKind.Refused);
        engine.Write(engine.Key(1), 0, new byte[100]);
    }

    [Fact]
    public void Write_ToOneRecordAgainAndAgain_ReachesTheTablesOncePerRound()
    {
        StepEngine engine = Open();
        RecordKey key = engine.Key(1);
        long etag = 0;
        for (byte turn = 0; turn < 50; turn++)
        {
            etag = engine.Written(key, etag, turn).Etag;
        }

        _tables.AppliedRow.ShouldBe(0);
        _time.Advance(_limits.RoundInterval);
        engine.RunUntilIdle();

        _tables.AppliedRow.ShouldBe(50);
        _tables.RecordsApplied.ShouldBe(1);
        engine.Written(key, etag, 99).Written.ShouldBeTrue();
    }

    [Fact]
    public void Close_WithWorkUnderWay_FinishesItAndRefusesMore()
    {
        StepEngine engine = Open();
        StepWrite write = engine.Write(engine.Key(1), 0, 1);

        engine.Engine.BeginClose();
        Should.Throw<StorageFailureException>(() => { engine.Write(engine.Key(2), 0, 1); });
        engine.RunUntilIdle();

        write.Result.Written.ShouldBeTrue();
        engine.Engine.Writer.TryFinish().ShouldBeTrue();
        engine.RunUntilIdle();
        engine.Engine.Applier.TryFinish().ShouldBeTrue();
        engine.Engine.Reader.TryFinish().ShouldBeTrue();
        _tables.AppliedRow.ShouldBe(1);
    }

    [Fact]
    public void Keys_WithEqualHashes_StayDifferentRecords()
    {
        _limits.RoundBytes = 1;
        StepEngine engine = Open();
        RecordKey left = engine.Key(1, hash: 42);
        RecordKey right = engine.Key(2, hash: 42);

        engine.Written(left, 0, 1).Written.ShouldBeTrue();
        engine.Written(right, 0, 2).Written.ShouldBeTrue();

        engine.Read(left).Value.ToArray().ShouldBe([1]);
        engine.Read(right).Value.ToArray().ShouldBe([2]);
    }

    private StepEngine Open() => new(_journal, _tables, _limits, _time, _observer);
}
