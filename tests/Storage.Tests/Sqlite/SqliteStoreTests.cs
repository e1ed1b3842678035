using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Sqlite;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Sqlite;

public sealed class SqliteStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Acknowledgement_UnderLoad_NeverPrecedesItsSync()
    {
        var observer = new RecordingObserver();
        await using (SqliteStore store = Open(observer))
        {
            await LoadAsync(store, writers: 64, turns: 40);
        }

        observer.AcknowledgedEarly.ShouldBeEmpty();
        observer.Acknowledged.ShouldBe(64 * 40);
        observer.SyncedWrites.ShouldBe(64 * 40);
        observer.Syncs.ShouldBeInRange(40, 64 * 40 / 2, "writes that wait share a sync");
    }

    [Fact]
    public async Task Dispose_AfterLoad_LeavesEverythingInTheTables()
    {
        await using (SqliteStore store = Open())
        {
            await LoadAsync(store, writers: 8, turns: 20);
        }

        using var tables = new SqliteConnection($"Data Source={_folder.PathOf(SqliteTables.FileName)};Pooling=False");
        tables.Open();
        SqliteFile.Query<long>(tables, "SELECT value FROM store WHERE name = 'appliedRow'").ShouldBe(8L * 20);
        SqliteFile.Query<long>(tables, "SELECT count(*) FROM rewritten").ShouldBe(8);
        SqliteFile.Query<long>(tables, "SELECT count(*) FROM records").ShouldBe(0, "each was rewritten and moved, once");
    }

    [Fact]
    public async Task Dispose_Twice_IsHarmless()
    {
        SqliteStore store = Open();
        await store.DisposeAsync();
        await store.DisposeAsync();
    }

    [Fact]
    public async Task Write_AfterDispose_IsRefused()
    {
        SqliteStore store = Open();
        IGrainStorage storage = store.CreateGrainStorage(new OctetSerializer());
        await store.DisposeAsync();

        var failure = await Should.ThrowAsync<StorageFailureException>(
            () => storage.WriteStateAsync("head", Mailbox(0), new GrainState<byte[]>([1])));

        failure.Kind.ShouldBe(StorageFailureKind.NotExecuted);
    }

    [Fact]
    public async Task Open_FolderInUseByThisProcess_IsRefused()
    {
        await using SqliteStore store = Open();

        Should.Throw<StorageFailureException>(() => Open()).Kind.ShouldBe(StorageFailureKind.Refused);
    }

    [Fact]
    public async Task Open_FilesOfALaterFormat_SaysWhatToDo()
    {
        await Open().DisposeAsync();
        using (var tables = new SqliteConnection($"Data Source={_folder.PathOf(SqliteTables.FileName)};Pooling=False"))
        {
            tables.Open();
            SqliteFile.Execute(tables, "PRAGMA user_version = 2");
        }

        var failure = Should.Throw<StorageFailureException>(() => Open());

        failure.Message.ShouldEndWith("have format 2; this version knows format 1. Use the version that wrote them.");
    }

    [Fact]
    public async Task Open_TablesThatAreNoDatabase_SaysWhichFile()
    {
        await File.WriteAllBytesAsync(_folder.PathOf(SqliteTables.FileName), [.. Enumerable.Repeat((byte)7, 9000)]);

        var failure = Should.Throw<StorageFailureException>(() => Open());

        failure.Kind.ShouldBe(StorageFailureKind.Damaged);
        failure.Message.ShouldContain(SqliteTables.FileName);
    }

    [Fact]
    public async Task Read_WhileRoundsMoveRecords_AlwaysFindsWhatWasAcknowledged()
    {
        var options = new SqliteStoreOptions { Folder = _folder.Path, RecentKeys = 40 };
        options.Limits.RoundBytes = 1;
        options.Limits.SyncBytes = 1;
        await using SqliteStore store = SqliteStore.Open(options, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        IGrainStorage storage = store.CreateGrainStorage(new OctetSerializer());

        await Task.WhenAll(Enumerable.Range(0, 32).Select(async writer =>
        {
            var state = new GrainState<byte[]>();
            for (int turn = 1; turn <= 60; turn++)
            {
                state.State = [(byte)turn];
                await storage.WriteStateAsync("head", Mailbox(writer), state);
                await storage.WriteStateAsync($"page-{turn}", Mailbox(writer), new GrainState<byte[]>([(byte)turn]));
                var read = new GrainState<byte[]>();
                await storage.ReadStateAsync("head", Mailbox(writer), read);
                read.State.ShouldBe([(byte)turn]);
                read.ETag.ShouldBe(state.ETag);
                await storage.ReadStateAsync($"page-{(turn + 1) / 2}", Mailbox(writer), read);
                read.State.ShouldBe([(byte)((turn + 1) / 2)]);
            }
        }));
    }

    private static GrainId Mailbox(int number) => GrainId.Create("mailbox", $"s.user-{number}");

    private static async Task LoadAsync(SqliteStore store, int writers, int turns)
    {
        IGrainStorage storage = store.CreateGrainStorage(new OctetSerializer());
        await Task.WhenAll(Enumerable.Range(0, writers).Select(async writer =>
        {
            var state = new GrainState<byte[]>();
            for (int turn = 0; turn < turns; turn++)
            {
                state.State = new byte[100 + turn];
                await storage.WriteStateAsync("head", Mailbox(writer), state);
            }
        }));
    }

    private SqliteStore Open(RecordingObserver? observer = null) => SqliteStore.Open(
        new SqliteStoreOptions { Folder = _folder.Path }, TimeProvider.System, NullLogger<SqliteStore>.Instance, observer);
}
