using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>The file of a body that is being stored. On its worker's thread; throws what the disk throws.</summary>
internal sealed class BodyFile(string path) : IDisposable
{
    private readonly SafeFileHandle _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // Octets from the start that are hashed: all, as long as they come in order.
    private long _hashed;
    private bool _isInOrder = true;

    public string Path => path;

    /// <summary>Octets written since the last sync began.</summary>
    public long Unsynced { get; private set; }

    public void Write(BodyPiece piece)
    {
        foreach ((long offset, int start, int length) in piece.Stretches)
        {
            ReadOnlySpan<byte> octets = piece.Octets(start, length);
            RandomAccess.Write(_handle, octets, offset);
            Unsynced += length;
            _isInOrder &= offset == _hashed;
            if (_isInOrder)
            {
                _hash.AppendData(octets);
                _hashed += length;
            }
        }
    }

    /// <summary>What syncs the file as it is now; may run on any thread, and when the file is closed already.</summary>
    public Action BeginSync()
    {
        Unsynced = 0;
        return () =>
        {
            try
            {
                RandomAccess.FlushToDisk(_handle);
            }
            catch (ObjectDisposedException)
            {
                // Sealed or discarded meanwhile.
            }
        };
    }

    /// <summary>Cuts and syncs; returns the SHA-256.</summary>
    public ImmutableArray<byte> Seal(long length, int pieceBytes)
    {
        long written = RandomAccess.GetLength(_handle);
        if (written < length)
        {
            throw new StorageFailureException(StorageFailureKind.Refused, "The body is shorter than it was said to be.");
        }

        if (written > length)
        {
            RandomAccess.SetLength(_handle, length);
        }

        RandomAccess.FlushToDisk(_handle);
        if (!_isInOrder || _hashed != length)
        {
            HashAgain(length, pieceBytes);
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(_hash.GetHashAndReset());
    }

    public void Dispose()
    {
        _handle.Dispose();
        _hash.Dispose();
    }

    private void HashAgain(long length, int pieceBytes)
    {
        _ = _hash.GetHashAndReset();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(pieceBytes);
        for (long position = 0; position < length;)
        {
            int count = RandomAccess.Read(_handle, buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - position)), position);
            if (count == 0)
            {
                throw new IOException("The file of a body is shorter than it was.");
            }

            _hash.AppendData(buffer, 0, count);
            position += count;
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }
}
