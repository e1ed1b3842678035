using PosteRestante.Storage.Bodies.Sweeping;

namespace PosteRestante.Storage.Bodies;

/// <summary>Bodies that are too large for a record: files in a folder of their own.</summary>
public sealed class BodyStoreOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Storage:Bodies";

    /// <summary>The folder that holds the bodies (default <c>data/bodies</c>); one process at a time.</summary>
    public string Folder { get; set; } = "data/bodies";

    /// <summary>
    /// Bodies that may be written at once, and as many again that may be read (default 64): each holds up to
    /// <see cref="QueuedPieces"/> pieces, so this bounds the memory of all. Beyond it a sender is told to come later.
    /// </summary>
    public int MaxOpen { get; set; } = 64;

    /// <summary>
    /// Octets that are written or read with one call of the system (default 256 KiB): below it calls cost more than they
    /// move, above it only memory grows.
    /// </summary>
    public int PieceBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// Pieces of one body that may wait for the disk (default 4) before its sender is held back: enough that neither waits
    /// for the other's every step.
    /// </summary>
    public int QueuedPieces { get; set; } = 4;

    /// <summary>
    /// Octets of a body after which it is synced while more of it comes (default 32 MiB), so that the last sync, which its sender
    /// waits for, is short, and a body in haste does not fill the memory of the machine.
    /// </summary>
    public int SyncBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>Threads that write and read (default 2): a sync of one body does not hold up all others.</summary>
    public int Threads { get; set; } = 2;

    /// <summary>How bodies without a message are found and thrown away.</summary>
    public BodySweeperOptions Sweep { get; set; } = new();
}
