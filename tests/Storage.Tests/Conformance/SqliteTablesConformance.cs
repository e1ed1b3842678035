using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using PosteRestante.Storage.Sqlite;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Conformance;

/// <summary>
/// The embedded store with rounds, segments and memories so small that records move to the tables at once, the
/// index is merged with every round, and nothing is remembered.
/// </summary>
public sealed class SqliteTablesConformance : GrainStorageConformance
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore? _store;

    protected override ValueTask<IGrainStorage> OpenAsync()
    {
        var options = new SqliteStoreOptions { Folder = _folder.Path, SegmentBytes = 1, RecentKeys = 3 };
        options.Limits.RoundBytes = 1;
        options.Limits.SyncBytes = 1;
        options.Limits.RememberedVersions = 2;
        _store = SqliteStore.Open(options, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        return ValueTask.FromResult(_store.CreateGrainStorage(new OctetSerializer()));
    }

    protected override async ValueTask CloseAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
    }
}
