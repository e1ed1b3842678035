using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using PosteRestante.Storage.Sqlite;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Conformance;

/// <summary>The embedded store as it runs in production: records are found in memory.</summary>
public sealed class SqliteConformance : GrainStorageConformance
{
    private readonly TemporaryFolder _folder = new();
    private SqliteStore? _store;

    protected override ValueTask<IGrainStorage> OpenAsync()
    {
        _store = SqliteStore.Open(
            new SqliteStoreOptions { Folder = _folder.Path }, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        return ValueTask.FromResult(_store.CreateGrainStorage(new OctetSerializer()));
    }

    protected override async ValueTask CloseAsync()
    {
        await _store!.DisposeAsync();
        _folder.Dispose();
    }
}
