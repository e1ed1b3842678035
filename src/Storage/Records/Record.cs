namespace PosteRestante.Storage.Records;

/// <summary>A record as it was read.</summary>
/// <param name="Exists">Whether there is one.</param>
/// <param name="Value">Its content; default when there is none.</param>
/// <param name="ETag">Its version, for <see cref="RecordStore.ReplaceAsync"/>; null when there is none.</param>
public readonly record struct Record<T>(bool Exists, T? Value, string? ETag);
