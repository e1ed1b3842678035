namespace PosteRestante.Client.Sending;

/// <summary>Reads a stream piece by piece for MSRP, with one buffer that is used again.</summary>
internal sealed class StreamPieces(Stream content, Action<long>? progress)
{
    private const int PieceBytes = 256 * 1024;

    private readonly long _origin = content.Position;
    private readonly byte[] _buffer = new byte[PieceBytes];

    /// <summary>The octets from a position on.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position)
    {
        if (content.Position != _origin + position)
        {
            content.Position = _origin + position;
        }

        var count = await content.ReadAsync(_buffer);
        progress?.Invoke(position + count);
        return _buffer.AsMemory(0, count);
    }
}
