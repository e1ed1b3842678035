using System.Collections.Immutable;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>Gathers octets into pieces for its worker, which is one that keeps the order.</summary>
internal sealed class FileBodyWriter(FileBodyStore store, BodyWorker worker) : IBodyWriter
{
    // What may come after its owner was told to wait, as a multiple of what may wait: then the owner does not listen.
    private const int Grace = 4;

    private readonly Lock _gate = new();
    private BodyPiece? _piece;
    private TaskCompletionSource? _waiting;
    private int _queued;
    private bool _isDisposed;

    // On the worker's thread.
    private BodyFile? _file;
    private StorageFailureException? _failure;

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
            if (_queued > store.Options.QueuedPieces * Grace)
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
                Open().Write(piece);
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
