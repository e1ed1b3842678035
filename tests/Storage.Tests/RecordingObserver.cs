using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Tests;

/// <summary>Remembers what was synced, and every acknowledgement that came before its sync.</summary>
internal sealed class RecordingObserver : IDurabilityObserver
{
    private long _syncedRow;

    public int Syncs { get; private set; }

    public int SyncedWrites { get; private set; }

    public int Acknowledged { get; private set; }

    public List<long> AcknowledgedEarly { get; } = [];

    public void Synced(long lastRow, int writes)
    {
        _syncedRow = lastRow;
        Syncs++;
        SyncedWrites += writes;
    }

    public void Acknowledging(long row)
    {
        Acknowledged++;
        if (row > _syncedRow)
        {
            AcknowledgedEarly.Add(row);
        }
    }
}
