namespace PosteRestante.Storage.Bodies;

/// <summary>A body that is being read, piece by piece; the next piece is read ahead. Calls come one after the other.</summary>
public interface IBodyReader : IDisposable
{
    /// <summary>Octets of the body.</summary>
    long Length { get; }

    /// <summary>The octets from a position on: at least one, and empty at the end.</summary>
    /// <param name="position">From 0; going on where the last piece ended is fast.</param>
    /// <returns>They are valid until the next call, or until this is disposed of.</returns>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(long position);
}
