using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Sqlite;
using PosteRestante.Storage.Tests.Engine;

namespace PosteRestante.Storage.Tests.Sqlite;

/// <summary>The engine over real SQLite files, without its threads: what happens when is the test's choice.</summary>
internal sealed class StepSqlite : IDisposable
{
    public StepSqlite(string folder, SqliteStoreOptions? options = null, IDurabilityObserver? observer = null)
    {
        Options = options ?? new SqliteStoreOptions();
        Tables = new SqliteTables(folder, Options);
        Journal = new SqliteJournal(folder, Options.SegmentBytes);
        Engine = new StepEngine(Journal, Tables, Options.Limits, Time, observer);
    }

    public SqliteStoreOptions Options { get; }

    public ManualTime Time { get; } = new();

    public SqliteTables Tables { get; }

    public SqliteJournal Journal { get; }

    public StepEngine Engine { get; }

    /// <summary>Rounds of any size are applied, and synced, as soon as there is something.</summary>
    public static SqliteStoreOptions Eager()
    {
        var options = new SqliteStoreOptions { SegmentBytes = 1, RecentKeys = 3 };
        options.Limits.RoundBytes = 1;
        options.Limits.SyncBytes = 1;
        return options;
    }

    /// <summary>Rounds wait for the clock.</summary>
    public static SqliteStoreOptions Lazy() => new();

    /// <summary>The files as a kill would leave them now.</summary>
    public static void CopyAsKilled(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from).Where(static file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        Engine.Engine.BeginClose();
        Engine.RunUntilIdle();
        Engine.Engine.Writer.TryFinish();
        Engine.Engine.Reader.TryFinish();
        Engine.RunUntilIdle();
        Journal.Dispose();
        Tables.Dispose();
    }
}
