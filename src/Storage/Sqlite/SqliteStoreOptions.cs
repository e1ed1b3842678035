using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Sqlite;

/// <summary>The embedded durable store.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Storage";

    /// <summary>The folder that holds the store's files (default <c>data/store</c>); one process at a time.</summary>
    public string Folder { get; set; } = "data/store";

    /// <summary>
    /// Bytes in one file of the journal (default 64 MiB): small enough to be taken back often, so that the files
    /// are overwritten in place rather than grow.
    /// </summary>
    public long SegmentBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Memory for pages of the tables while they are filled, in bytes (default 64 MiB).</summary>
    public long TableCacheBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Memory for pages of the tables while they are read, in bytes (default 16 MiB), twice.</summary>
    public long ReaderCacheBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Keys that are gathered before they are merged into the key index (default 262,144), 40 bytes each.</summary>
    public int RecentKeys { get; set; } = 262_144;

    /// <summary>Bounds of queues, batches, rounds and memory.</summary>
    public StoreLimitsOptions Limits { get; set; } = new();

    /// <summary>Bodies that are too large for a record.</summary>
    public BodyStoreOptions Bodies { get; set; } = new();
}
