namespace PosteRestante.Storage.Bodies.Simulated;

/// <summary>Gives a body in memory piece by piece.</summary>
internal sealed class SimulatedBodyReader(byte[] octets, int pieceBytes, Action closed) : IBodyReader
{
    private bool _isDisposed;

    public long Length => octets.Length;

    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        return new(position >= octets.Length
            ? default(ReadOnlyMemory<byte>)
            : octets.AsMemory((int)position, (int)Math.Min(pieceBytes, octets.Length - position)));
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            closed();
        }
    }
}
