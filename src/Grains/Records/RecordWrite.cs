namespace PosteRestante.Grains.Records;

/// <summary>What a write did.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Etag">The new version if written.</param>
internal readonly record struct RecordWrite(RecordWriteStatus Status, string? Etag);
