using Microsoft.Data.Sqlite;
using PosteRestante.Storage.Sqlite;
using PosteRestante.Storage.Tests.Engine;
using PosteRestante.TestKit;
using SQLitePCL;

namespace PosteRestante.Storage.Tests.Sqlite;

public sealed class JournalTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Journal_Connection_SyncsEveryCommit()
    {
        using var store = new StepSqlite(_folder.Path);
        store.Engine.Written(store.Engine.Key(1), 0, 1);

        SqliteFile.Query<long>(store.Journal.Connection, "PRAGMA synchronous").ShouldBe(2L, "FULL");
        SqliteFile.Query<string>(store.Journal.Connection, "PRAGMA journal_mode").ShouldBe("wal");
        SqliteFile.Query<long>(store.Journal.Connection, "PRAGMA page_size").ShouldBe(JournalSegment.PageSize);
    }

    [Fact]
    public void Append_NoSegmentCanBeMade_IsAFailureOfTheStoreAndLaterOnesGoOn()
    {
        var folder = Path.Combine(_folder.Path, "journal");
        Directory.CreateDirectory(folder);
        using var journal = new SqliteJournal(folder, segmentBytes: 1 << 20);
        Directory.Delete(folder);
        Should.Throw<StorageFailureException>(() => journal.Append(1, 1, "x"u8));

        // What stands where the new file is to be made, and then where SQLite makes its journal, is a folder.
        Directory.CreateDirectory(Path.Combine(folder, "journal-002.db.new"));
        Directory.CreateDirectory(Path.Combine(folder, "journal-003.db.new-journal"));
        Should.Throw<StorageFailureException>(() => journal.Append(1, 1, "x"u8)).InnerException.ShouldBeOfType<UnauthorizedAccessException>();
        Should.Throw<StorageFailureException>(() => journal.Append(1, 1, "x"u8)).InnerException.ShouldBeOfType<SqliteException>();

        journal.Append(1, 1, "x"u8);
        journal.Commit();
    }

    [Fact]
    public void Commit_ThatSqliteRefuses_UndoesTheBatch()
    {
        using (var store = new StepSqlite(_folder.Path))
        {
            store.Engine.Written(store.Engine.Key(1), 0, 1);
            raw.sqlite3_commit_hook(store.Journal.Connection.Handle!, static _ => 1, null);
            StepWrite[] batch = [store.Engine.Write(store.Engine.Key(1), 1, 2), store.Engine.Write(store.Engine.Key(2), 0, 2)];
            store.Engine.RunUntilIdle();

            batch.ShouldAllBe(static write => write.IsFailed);
            raw.sqlite3_commit_hook(store.Journal.Connection.Handle!, null!, null);
            store.Engine.Written(store.Engine.Key(2), 0, 3).Written.ShouldBeTrue();
        }

        using var next = new StepSqlite(_folder.Path);
        next.Engine.Read(next.Engine.Key(1)).Value.ToArray().ShouldBe([1]);
        next.Engine.Read(next.Engine.Key(2)).Value.ToArray().ShouldBe([3]);
    }

    [Fact]
    public void Append_ToAFullDisk_UndoesTheBatch()
    {
        using (var store = new StepSqlite(_folder.Path))
        {
            store.Engine.Written(store.Engine.Key(1), 0, 1);
            SqliteFile.Execute(store.Journal.Connection, "PRAGMA max_page_count = 4");
            StepWrite large = store.Engine.Write(store.Engine.Key(2), 0, new byte[100_000]);
            store.Engine.RunUntilIdle();

            large.IsFailed.ShouldBeTrue();
            SqliteFile.Execute(store.Journal.Connection, "PRAGMA max_page_count = 1000000");
            store.Engine.Written(store.Engine.Key(2), 0, 3).Written.ShouldBeTrue();
        }

        using var next = new StepSqlite(_folder.Path);
        next.Engine.Read(next.Engine.Key(2)).Value.ToArray().ShouldBe([3]);
    }

    [Fact]
    public void Trim_AfterTheTablesAreSynced_ReusesTheFilesInPlace()
    {
        var options = new SqliteStoreOptions { SegmentBytes = 64 * 1024 };
        options.Limits.RoundBytes = 32 * 1024;
        options.Limits.SyncBytes = 64 * 1024;
        using var store = new StepSqlite(_folder.Path, options);
        byte[] value = new byte[20_000];
        for (int number = 0; number < 500; number++)
        {
            StepWrite write = store.Engine.Write(store.Engine.Key(number), 0, value);
            store.Engine.RunUntilIdle();
            write.Result.Written.ShouldBeTrue();
        }

        long onDisk = Directory.EnumerateFiles(_folder.Path, "journal-*").Sum(static file => new FileInfo(file).Length);
        onDisk.ShouldBeLessThan(2_000_000, "ten megabytes passed through");
        Directory.EnumerateFiles(_folder.Path, "journal-*.db").Count().ShouldBeInRange(2, 4);
    }

    [Fact]
    public void Trim_OfRowsThatTheTablesHaveNotSynced_KeepsThem()
    {
        using var copy = new TemporaryFolder();
        var options = new SqliteStoreOptions { SegmentBytes = 1 };
        options.Limits.RoundBytes = 1;
        options.Limits.SyncBytes = long.MaxValue;
        using (var store = new StepSqlite(_folder.Path, options))
        {
            for (int number = 0; number < 20; number++)
            {
                store.Engine.Written(store.Engine.Key(number), 0, (byte)number);
            }

            store.Tables.AppliedRow.ShouldBe(20);
            StepSqlite.CopyAsKilled(_folder.Path, copy.Path);
        }

        // As a power failure would have it: nothing that was not synced, so no tables' log.
        File.Delete(copy.PathOf(SqliteTables.FileName + "-wal"));
        using var next = new StepSqlite(copy.Path);
        Enumerable.Range(0, 20).ShouldAllBe(number => next.Engine.Read(next.Engine.Key(number)).Exists);
    }

    [Fact]
    public void Open_WithADamagedSegment_SaysSoAndDoesNotStart()
    {
        using (var store = new StepSqlite(_folder.Path))
        {
            store.Engine.Written(store.Engine.Key(1), 0, 1);
        }

        File.WriteAllBytes(_folder.PathOf("journal-001.db"), new byte[2 * JournalSegment.PageSize]);
        File.Delete(_folder.PathOf("journal-001.db-wal"));

        var failure = Should.Throw<StorageFailureException>(() => new StepSqlite(_folder.Path));
        failure.Message.ShouldContain("journal-001.db");
    }

    [Fact]
    public void Open_WithALeftOverOfAnUnfinishedSegment_Starts()
    {
        File.WriteAllBytes(_folder.PathOf("journal-001.db.new"), [1, 2, 3]);

        using var store = new StepSqlite(_folder.Path);

        store.Engine.Written(store.Engine.Key(1), 0, 1).Written.ShouldBeTrue();
    }
}
