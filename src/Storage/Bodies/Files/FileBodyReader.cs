using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>Reads a file with two buffers: one is with the caller, the other is filled with what comes next.</summary>
internal sealed class FileBodyReader(FileBodyStore store, BodyWorker worker, SafeFileHandle handle, long length) : IBodyReader
{
    private readonly int _pieceBytes = store.Options.PieceBytes;
    private byte[] _given = ArrayPool<byte>.Shared.Rent(store.Options.PieceBytes);
    private byte[] _ahead = ArrayPool<byte>.Shared.Rent(store.Options.PieceBytes);
    private Task<int>? _reading;
    private long _readingFrom;
    private bool _isDisposed;

    public long Length => length;

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (position >= length)
        {
            return default;
        }

        if (_reading is null || _readingFrom != position)
        {
            await DropAsync();
            Begin(position);
        }

        Task<int> reading = _reading!;
        _reading = null;
        int count = await reading;
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        (_given, _ahead) = (_ahead, _given);
        if (position + count < length)
        {
            Begin(position + count);
        }

        return _given.AsMemory(0, count);
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        store.Closed(this);
        byte[][] buffers = [_given, _ahead];
        if (!worker.TryAdd(() => Close(buffers)))
        {
            handle.Dispose(); // the store is closed: nothing reads any more
        }
    }

    private void Begin(long position)
    {
        byte[] buffer = _ahead;
        int wanted = (int)Math.Min(_pieceBytes, length - position);
        _readingFrom = position;
        _reading = worker.RunAsync(() => Fill(buffer.AsSpan(0, wanted), position));
    }

    private int Fill(Span<byte> buffer, long position)
    {
        int count = RandomAccess.Read(handle, buffer, position);
        return count > 0 ? count : throw new StorageFailureException(StorageFailureKind.Damaged, "A body is shorter than it was.");
    }

    // A piece that was read ahead for nothing; its buffer is free when it has come.
    private async ValueTask DropAsync()
    {
        if (_reading is { } reading)
        {
            _reading = null;
            _ = await reading;
        }
    }

    private void Close(byte[][] buffers)
    {
        handle.Dispose();
        foreach (byte[] buffer in buffers)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
