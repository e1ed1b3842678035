using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PosteRestante.Storage.Bodies.Simulated;

/// <summary>A body that grows in memory.</summary>
internal sealed class SimulatedBodyWriter(SimulatedBodyStore store) : IBodyWriter
{
    private byte[] _octets = [];
    private bool _isSealed;
    private bool _isDisposed;

    public bool IsBehind => store.Disk.IsHeld;

    public bool HasFailed { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        HasFailed |= store.Disk.IsFull;
        if (HasFailed)
        {
            return;
        }

        if (offset + octets.Length > _octets.Length)
        {
            Array.Resize(ref _octets, (int)offset + octets.Length);
        }

        octets.CopyTo(_octets.AsSpan((int)offset));
    }

    public async ValueTask CaughtUpAsync()
    {
        while (store.Disk.IsHeld)
        {
            await store.Disk.Released.Task;
        }
    }

    public async ValueTask<ImmutableArray<byte>> SealAsync(long length)
    {
        await CaughtUpAsync();
        ThrowIfFailed();
        if (_octets.Length < length)
        {
            throw new StorageFailureException(StorageFailureKind.Refused, "The body is shorter than it was said to be.");
        }

        _octets = _octets[..(int)length];
        _isSealed = true;
        return ImmutableCollectionsMarshal.AsImmutableArray(SHA256.HashData(_octets));
    }

    public async ValueTask<BodyName> CommitAsync(string mailbox, string message)
    {
        await CaughtUpAsync();
        ThrowIfFailed();
        if (!_isSealed || _isDisposed)
        {
            throw new InvalidOperationException("A body is sealed before it is committed.");
        }

        BodyName name = store.Names.Next(mailbox, message);
        store.Disk.Stored.Add(name.ToString(), (name, _octets));
        return name;
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            store.Writing--;
        }
    }

    private void ThrowIfFailed()
    {
        if (HasFailed || store.Disk.IsFull)
        {
            throw new StorageFailureException(StorageFailureKind.NotExecuted, "The simulated disk is full.");
        }
    }
}
