using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Files;
using PosteRestante.TestKit;

namespace PosteRestante.Storage.Tests.Bodies;

/// <summary>Bodies as files.</summary>
public sealed class FileBodyConformance : BodyStoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FileBodyStore? _store;

    public void Dispose() => _folder.Dispose();

    protected override ValueTask<IBodyStore> OpenAsync()
    {
        Options.Folder = _folder.Path;
        _store = FileBodyStore.Open(Options, Time, NullLogger.Instance);
        return ValueTask.FromResult<IBodyStore>(_store);
    }

    protected override ValueTask CloseAsync() => _store!.DisposeAsync();
}
