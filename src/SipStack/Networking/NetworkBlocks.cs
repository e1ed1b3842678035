using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace PosteRestante.SipStack.Networking;

/// <summary>
/// The blocks that the socket transport reads into. Its own are of 4 KiB, so that each 4 KiB of a large message would cost two
/// system calls; a connection that is idle holds none (<c>WaitForDataBeforeAllocatingBuffer</c>).
/// </summary>
public sealed class NetworkBlocks : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    /// <summary>Octets of a block.</summary>
    public const int BlockOctets = 64 * 1024;

    /// <summary>The one pool of the process.</summary>
    public static NetworkBlocks OfProcess { get; } = new();

    /// <inheritdoc/>
    public override int MaxBufferSize => int.MaxValue;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) =>
        new Block(ArrayPool<byte>.Shared.Rent(Math.Max(minBufferSize, BlockOctets)));

    /// <inheritdoc/>
    MemoryPool<byte> IMemoryPoolFactory<byte>.Create(MemoryPoolOptions? options) => this;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        // It serves the whole process; each transport that ends disposes of what it was given.
    }

    private sealed class Block(byte[] octets) : IMemoryOwner<byte>
    {
        private byte[]? _octets = octets;

        public Memory<byte> Memory => _octets ?? throw new ObjectDisposedException(nameof(Block));

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _octets, null) is { } octets)
            {
                ArrayPool<byte>.Shared.Return(octets);
            }
        }
    }
}
