namespace PosteRestante.Storage.Engine;

/// <summary>The outcome of a write that reached the disk, or lost.</summary>
/// <param name="Written">Whether the write was made; false is a conflict.</param>
/// <param name="Etag">After a write the new ETag (0 after a removal); after a conflict the stored one (0: no record).</param>
internal readonly record struct WriteResult(bool Written, long Etag);
