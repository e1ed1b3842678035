using System.Collections.Immutable;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>Gathers octets into pieces for its worker, which is one that keeps the order.</summary>
internal sealed class FileBodyWriter(FileBodyStore store, BodyWorker worker) : IBodyWriter
{
    // What may come after its owner was told to wait: more than is read from a connection at once. Beyond it the owner does
    // not listen.
    private const int GraceBytes = 1024 * 1024;

    private readonly Lock _gate = new();
    private BodyPiece? _piece;
    private TaskCompletionSource? _waiting;
    private int _queued;
    private bool _isDisposed;

    // On the worker's thread.
    private BodyFile? _file;
    private StorageFailureException? _failure;
    private Task<bool>? _syncing;

    /// <summary>Pieces that may come after the owner was told to wait.</summary>
    public static int GraceOf(BodyStoreOptions options) => Math.Max(1, GraceBytes / options.PieceBytes);

    public bool IsBehind
    {
        get
        {
            lock (_gate)
            {
                return _queued >= store.Options.QueuedPieces && !HasFailed;
            }
        }
    }

    public bool HasFailed => Volatile.Read(ref _failure) is not null;

    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        while (octets.Length > 0 && !HasFailed && !_isDisposed)
        {
            _piece ??= new BodyPiece(store.Options.PieceBytes);
            int taken = _piece.Take(offset, octets);
            offset += taken;
            octets = octets[taken..];
            if (_piece.IsFull)
            {
                Hand();
            }
        }
    }

    public ValueTask CaughtUpAsync()
    {
        lock (_gate)
        {
            if (_queued < store.Options.QueuedPieces || HasFailed)
            {
                return ValueTask.CompletedTask;
            }

            _waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_waiting.Task);
        }
    }

    public async ValueTask<ImmutableArray<byte>> SealAsync(long length)
    {
        if (_piece is not null)
        {
            Hand();
        }

        // Awaited, never waited for on a worker: two workers that wait for each other would wait for ever. A sync that failed
        // fails the body, as the disk may say so only once.
        if (await worker.RunAsync(() => _syncing) is { } syncing)
        {
            await syncing;
        }

        return await worker.RunAsync(() =>
        {
            ThrowIfFailed();
            return Open().Seal(length, store.Options.PieceBytes);
        });
    }

    public async ValueTask<BodyName> CommitAsync(string mailbox, string message)
    {
        BodyName name = store.Names.Next(mailbox, message);
        return await worker.RunAsync(() =>
        {
            ThrowIfFailed();
            BodyFile file = _file ?? throw new InvalidOperationException("A body is sealed before it is committed.");
            file.Dispose();
            store.Folder.Store(file.Path, name);
            _file = null;
            return name;
        });
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _piece?.Release();
        _piece = null;
        store.Closed(this);
        _ = worker.TryAdd(Discard);
    }

    private void Hand()
    {
        BodyPiece piece = _piece!;
        _piece = null;
        lock (_gate)
        {
            _queued++;
            if (_queued > store.Options.QueuedPieces + GraceOf(store.Options))
            {
                Fail(new StorageFailureException(StorageFailureKind.Refused, "More came than the store could take."));
            }
        }

        if (HasFailed || !worker.TryAdd(() => Take(piece)))
        {
            piece.Release();
            Fail(new StorageFailureException(StorageFailureKind.NotExecuted, "The body store is closing."));
        }
    }

    // From here on, on the worker's thread.
    private void Take(BodyPiece piece)
    {
        try
        {
            if (!HasFailed)
            {
                BodyFile file = Open();
                file.Write(piece);
                if (file.Unsynced >= store.Options.SyncBytes)
                {
                    SyncMeanwhile(file);
                }
            }
        }
        catch (Exception failure) when (BodyWorker.IsDiskFailure(failure))
        {
            Fail(BodyWorker.Failure(failure));
        }

        piece.Release();
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            _queued--;
            if (_queued < store.Options.QueuedPieces || HasFailed)
            {
                (waiting, _waiting) = (_waiting, null);
            }
        }

        waiting?.SetResult();
    }

    // On another worker, so that this one goes on writing; one at a time.
    private void SyncMeanwhile(BodyFile file)
    {
        if (_syncing is { IsCompleted: false })
        {
            return;
        }

        Action sync = file.BeginSync();
        _syncing = store.OtherThan(worker).RunAsync(() =>
        {
            sync();
            return true;
        });
    }

    private BodyFile Open() => _file ??= new BodyFile(store.Folder.NextIncoming());

    private void Discard()
    {
        if (_file is not { } file)
        {
            return;
        }

        _file = null;
        try
        {
            file.Dispose();
            File.Delete(file.Path);
        }
        catch (Exception failure) when (BodyWorker.IsDiskFailure(failure))
        {
            store.LogLeftBehind(failure); // the next start takes it away
        }
    }

    private void Fail(StorageFailureException failure) => Interlocked.CompareExchange(ref _failure, failure, null);

    private void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw new StorageFailureException(failure.Kind, failure.Message, failure);
        }
    }
}
