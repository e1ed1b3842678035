namespace PosteRestante.Storage.Engine;

/// <summary>
/// Sees, on the writer's thread, when writes become durable and when they are acknowledged; a test proves with
/// it that no acknowledgement precedes its sync. Every write has a row; rows are consecutive.
/// </summary>
public interface IDurabilityObserver
{
    /// <summary>A sync of the journal returned: everything up to <paramref name="lastRow"/> survives a crash.</summary>
    void Synced(long lastRow, int writes);

    /// <summary>The write with this row is about to be acknowledged to its caller.</summary>
    void Acknowledging(long row);
}
