namespace PosteRestante.Grains.Records;

/// <summary>What a read found.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Value">The record if found.</param>
/// <param name="Etag">Its version, to be named by the write that replaces it; null when there is none.</param>
internal readonly record struct RecordRead<T>(RecordReadStatus Status, T? Value, string? Etag)
    where T : class;
