using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Tests.Engine;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Sqlite;

public sealed class RecoveryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _copy = new();

    public void Dispose()
    {
        _folder.Dispose();
        _copy.Dispose();
    }

    [Fact]
    public void Open_AfterAKill_ReplaysWhatTheTablesLack()
    {
        long etag = 0;
        using (var store = new StepSqlite(_folder.Path, StepSqlite.Lazy()))
        {
            etag = store.Engine.Written(store.Engine.Key(1), 0, 1).Etag;
            etag = store.Engine.Written(store.Engine.Key(1), etag, 2).Etag;
            store.Engine.Written(store.Engine.Key(2), 0, 3);
            store.Tables.AppliedRow.ShouldBe(0);
            StepSqlite.CopyAsKilled(_folder.Path, _copy.Path);
        }

        using var next = new StepSqlite(_copy.Path);

        next.Tables.AppliedRow.ShouldBe(3);
        StoredRecord record = next.Engine.Read(next.Engine.Key(1));
        record.Version.Etag.ShouldBe(etag);
        record.Value.ToArray().ShouldBe([2]);
        next.Engine.Read(next.Engine.Key(2)).Value.ToArray().ShouldBe([3]);
        next.Engine.Written(next.Engine.Key(1), etag, 4).Etag.ShouldBe(4);
    }

    [Fact]
    public void Open_AfterAKillBetweenRounds_DoesNotReplayWhatTheTablesHold()
    {
        using (var store = new StepSqlite(_folder.Path, StepSqlite.Lazy()))
        {
            RecordKey key = store.Engine.Key(1);
            long etag = store.Engine.Written(key, 0, 1).Etag;
            Round(store);
            etag = store.Engine.Written(key, etag, 2).Etag;
            Round(store);
            Clear(store, key, etag);
            store.Engine.Written(key, 0, 4);
            StepSqlite.CopyAsKilled(_folder.Path, _copy.Path);
        }

        using var next = new StepSqlite(_copy.Path);

        next.Engine.Read(next.Engine.Key(1)).Value.ToArray().ShouldBe([4]);
        next.Engine.Read(next.Engine.Key(1)).Version.ShouldBe(new RecordVersion(4, 4));
    }

    [Fact]
    public void Open_AfterManyRestarts_KeepsEachRecordAndItsETag()
    {
        var etags = new Dictionary<int, long>();
        for (int start = 0; start < 6; start++)
        {
            using var store = new StepSqlite(_folder.Path, start % 2 == 0 ? StepSqlite.Eager() : StepSqlite.Lazy());
            for (int number = 0; number < 40; number++)
            {
                long etag = etags.GetValueOrDefault(number % 30);
                etags[number % 30] = store.Engine.Written(store.Engine.Key(number % 30), etag, (byte)(start + number)).Etag;
            }

            etags.ShouldAllBe(pair => store.Engine.Read(store.Engine.Key(pair.Key)).Version.Etag == pair.Value);
        }
    }

    [Fact]
    public void Create_OfARecordFromBeforeTheRestart_IsAConflict()
    {
        using (var store = new StepSqlite(_folder.Path, StepSqlite.Eager()))
        {
            for (int number = 0; number < 200; number++)
            {
                store.Engine.Written(store.Engine.Key(number), 0, 1);
            }
        }

        // The filter is made anew from the index and from the keys that were not merged yet.
        using var next = new StepSqlite(_folder.Path);
        Enumerable.Range(0, 200).ShouldAllBe(number => !next.Engine.Written(next.Engine.Key(number), 0, 2).Written);
        next.Engine.Written(next.Engine.Key(200), 0, 2).Written.ShouldBeTrue();
    }

    [Fact]
    public void Keys_WithEqualHashes_StayDifferentThroughIndexAndRestart()
    {
        using (var store = new StepSqlite(_folder.Path, StepSqlite.Eager()))
        {
            for (int number = 0; number < 10; number++)
            {
                store.Engine.Written(store.Engine.Key(number, hash: 42), 0, (byte)number).Written.ShouldBeTrue();
            }

            Clear(store, store.Engine.Key(3, hash: 42), store.Engine.Read(store.Engine.Key(3, hash: 42)).Version.Etag);
        }

        using var next = new StepSqlite(_folder.Path);
        for (int number = 0; number < 10; number++)
        {
            StoredRecord record = next.Engine.Read(next.Engine.Key(number, hash: 42));
            record.Exists.ShouldBe(number != 3);
            record.Value.ToArray().ShouldBe(number == 3 ? [] : [(byte)number]);
        }
    }

    private static void Clear(StepSqlite store, RecordKey key, long etag)
    {
        StepWrite clear = store.Engine.Clear(key, etag);
        store.Engine.RunUntilIdle();
        clear.Result.Written.ShouldBeTrue();
    }

    private static void Round(StepSqlite store)
    {
        long before = store.Tables.AppliedRow;
        store.Time.Advance(store.Options.Limits.RoundInterval);
        store.Engine.RunUntilIdle();
        store.Tables.AppliedRow.ShouldBeGreaterThan(before);
    }
}
