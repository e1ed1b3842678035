using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>
/// Bodies as files. A body is written without a name, synced, renamed, and its folder synced: so what has a name is whole,
/// and survives a crash of the process and, as far as the disk keeps what it syncs, of the machine.
/// </summary>
public sealed partial class FileBodyStore : IBodyStore, IAsyncDisposable
{
    // Steps of one body besides its pieces that can wait at once: a seal, a commit, a discard, a read ahead, a close.
    private const int StepsOfABody = 8;

    private readonly BodyWorker[] _workers;
    private readonly WorkerThread[] _threads;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly RandomNumberGenerator _random = RandomNumberGenerator.Create();
    private int _next;
    private int _writers;
    private int _readers;
    private int _isDisposed;

    private FileBodyStore(BodyStoreOptions options, TimeProvider time, ILogger logger)
    {
        Options = options;
        _time = time;
        _logger = logger;
        Folder = BodyFolder.Open(options.Folder);
        Names = new BodyNames(time, _random);
        int limit = (options.MaxOpen * (options.QueuedPieces + FileBodyWriter.GraceOf(options) + StepsOfABody)) + StepsOfABody;
        _workers = [.. Enumerable.Range(0, options.Threads).Select(_ => new BodyWorker(limit))];
        _threads = [.. _workers.Select(static (worker, number) => new WorkerThread(worker, $"bodies {number}"))];
    }

    internal BodyStoreOptions Options { get; }

    internal BodyFolder Folder { get; }

    internal BodyNames Names { get; }

    /// <summary>Opens the store.</summary>
    /// <exception cref="StorageFailureException">The folder cannot be used.</exception>
    public static FileBodyStore Open(BodyStoreOptions options, TimeProvider time, ILogger logger)
    {
        try
        {
            return new FileBodyStore(options, time, logger);
        }
        catch (Exception failure) when (BodyWorker.IsDiskFailure(failure))
        {
            throw new StorageFailureException(
                StorageFailureKind.Refused,
                $"The folder '{options.Folder}' cannot hold bodies: {failure.Message} ({BodyStoreOptions.SectionName}:{nameof(options.Folder)}).",
                failure);
        }
    }

    /// <inheritdoc/>
    public IBodyWriter? TryBegin()
    {
        if (Interlocked.Increment(ref _writers) <= Options.MaxOpen)
        {
            return new FileBodyWriter(this, NextWorker());
        }

        Interlocked.Decrement(ref _writers);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask<IBodyReader?> OpenAsync(BodyName name, long length)
    {
        if (Interlocked.Increment(ref _readers) > Options.MaxOpen)
        {
            Interlocked.Decrement(ref _readers);
            throw new StorageFailureException(StorageFailureKind.NotExecuted, "As many bodies are read as may be.");
        }

        BodyWorker worker = NextWorker();
        SafeFileHandle? handle = null;
        try
        {
            handle = await worker.RunAsync(() => OpenFile(Folder.PathOf(name), length));
        }
        finally
        {
            if (handle is null)
            {
                Interlocked.Decrement(ref _readers);
            }
        }

        return handle is null ? null : new FileBodyReader(this, worker, handle, length);
    }

    /// <inheritdoc/>
    public IBodyWalk Walk() => new FileBodyWalk(Folder, NextWorker());

    /// <inheritdoc/>
    public async ValueTask TrashAsync(BodyName name) => await NextWorker().RunAsync(() =>
    {
        Folder.Trash(name, _time.GetUtcNow());
        return true;
    });

    /// <inheritdoc/>
    public async ValueTask<int> EmptyTrashAsync(DateTimeOffset before, int count) =>
        await NextWorker().RunAsync(() => Folder.EmptyTrash(before, count));

    /// <summary>Finishes what was begun; what is not committed by then is discarded.</summary>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
        {
            Array.ForEach(_workers, static worker => worker.Close());
            Array.ForEach(_threads, static thread => thread.Join());
            _random.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    internal void Closed(FileBodyWriter writer) => Interlocked.Decrement(ref _writers);

    internal void Closed(FileBodyReader reader) => Interlocked.Decrement(ref _readers);

    [LoggerMessage(LogLevel.Warning, "What came in of a body could not be deleted; the next start does it.")]
    internal partial void LogLeftBehind(Exception failure);

    private static SafeFileHandle? OpenFile(string path, long length)
    {
        SafeFileHandle handle;
        try
        {
            // The trash takes a file that is read: it is read to its end there.
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.SequentialScan);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        if (RandomAccess.GetLength(handle) == length)
        {
            return handle;
        }

        handle.Dispose();
        return null;
    }

    internal BodyWorker OtherThan(BodyWorker worker) => Array.Find(_workers, other => other != worker) ?? worker;

    private BodyWorker NextWorker() => _workers[(uint)Interlocked.Increment(ref _next) % (uint)_workers.Length];
}
