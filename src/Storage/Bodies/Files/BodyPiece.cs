using System.Buffers;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>
/// Octets on their way to the disk, with where each stretch belongs: a peer that sends in small jumps fills pieces like one
/// that sends in order.
/// </summary>
internal sealed class BodyPiece(int capacity)
{
    // A stretch costs as much as a few dozen octets; then a peer cannot make the list larger than the piece.
    private const int LeastOctets = 32;

    private readonly List<(long Offset, int Start, int Length)> _stretches = [];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);
    private int _length;

    /// <summary>Whether nothing more fits.</summary>
    public bool IsFull => _length == capacity || _stretches.Count >= capacity / LeastOctets;

    /// <summary>The stretches in the order in which they came.</summary>
    public IReadOnlyList<(long Offset, int Start, int Length)> Stretches => _stretches;

    /// <summary>Takes what fits.</summary>
    /// <returns>How many octets.</returns>
    public int Take(long offset, ReadOnlySpan<byte> octets)
    {
        int count = Math.Min(octets.Length, capacity - _length);
        octets[..count].CopyTo(_buffer.AsSpan(_length));
        if (_stretches is [.., var last] && last.Offset + last.Length == offset)
        {
            _stretches[^1] = last with { Length = last.Length + count };
        }
        else
        {
            _stretches.Add((offset, _length, count));
        }

        _length += count;
        return count;
    }

    public ReadOnlySpan<byte> Octets(int start, int length) => _buffer.AsSpan(start, length);

    /// <summary>Gives the memory back.</summary>
    public void Release()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
