namespace PosteRestante.Storage.Engine;

/// <summary>Bounds of the embedded store; the defaults suit a small machine.</summary>
public sealed class StoreLimitsOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Storage:Limits";

    /// <summary>Writes that may wait for the writer (default 65,536); past it a write is refused, not executed.</summary>
    public int QueuedWrites { get; set; } = 65_536;

    /// <summary>Reads that may wait for the reader (default 65,536); past it a read is refused.</summary>
    public int QueuedReads { get; set; } = 65_536;

    /// <summary>Bytes in one synced batch (default 4 MiB): more would hold up the first of it without a gain in rate.</summary>
    public int BatchBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>Bytes in one record (default 1 MiB): bodies over the inline limit do not belong into records.</summary>
    public int RecordBytes { get; set; } = 1024 * 1024;

    /// <summary>Octets in the name of a record (default 1,024), type and key of its grain included.</summary>
    public int NameBytes { get; set; } = 1024;

    /// <summary>
    /// Bytes of committed writes that make a round for the applier (default 64 MiB): larger rounds rewrite a busy
    /// head less often and cost more memory.
    /// </summary>
    public long RoundBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>
    /// Bytes of committed writes that may wait for the tables (default 192 MiB); past it the writer holds back,
    /// and callers wait with it.
    /// </summary>
    public long PendingBytes { get; set; } = 192 * 1024 * 1024;

    /// <summary>
    /// A round starts after this time even when it is small (default 5 s), so that memory and a start's replay stay
    /// small on a quiet machine; a busy head is rewritten at most this often.
    /// </summary>
    public TimeSpan RoundInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Bytes that pass through the journal between two syncs of the tables (default 192 MiB), after which it is
    /// trimmed: bounds the journal on disk and what a start replays.
    /// </summary>
    public long SyncBytes { get; set; } = 192 * 1024 * 1024;

    /// <summary>Wait before a round that failed is applied again (default 1 s).</summary>
    public TimeSpan ApplyRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Memory for the filter of known keys, in bytes (default 64 MiB: 40 million keys before it weakens).</summary>
    public long FilterBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Rewritten records whose version is remembered (default 65,536), about 150 bytes each.</summary>
    public int RememberedVersions { get; set; } = 65_536;
}
