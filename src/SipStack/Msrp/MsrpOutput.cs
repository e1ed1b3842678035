using System.Buffers;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// What waits to be handed to the network: whole frames in order, and at the end perhaps a chunk that is still open.
/// Whoever writes another frame interrupts it first (RFC 4975 7.1.1). The memory is rented while there is something.
/// </summary>
internal sealed class MsrpOutput : IBufferWriter<byte>
{
    private const int FirstRent = 4096;
    private byte[] _buffer = [];

    /// <summary>The sender whose chunk is open, if any.</summary>
    public MsrpSender? OpenChunk { get; set; }

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>The output for a new frame: an open chunk is closed first.</summary>
    public MsrpOutput BeginFrame()
    {
        OpenChunk?.InterruptChunk();
        return this;
    }

    public void Advance(int count)
    {
        if (count < 0 || count > _buffer.Length - Length)
        {
            throw new ArgumentOutOfRangeException(nameof(count));
        }

        Length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _buffer.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _buffer.AsSpan(Length);
    }

    /// <summary>Forgets what is written, and gives the memory back.</summary>
    public void Clear()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = [];
        Length = 0;
    }

    private void Ensure(int sizeHint)
    {
        int needed = Math.Max(sizeHint, 1);
        if (_buffer.Length - Length >= needed)
        {
            return;
        }

        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(FirstRent, _buffer.Length * 2), Length + needed));
        Written.CopyTo(larger);
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        _buffer = larger;
    }
}
