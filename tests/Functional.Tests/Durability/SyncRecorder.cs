using PosteRestante.Storage.Engine;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// Stands between the commit of the journal and the acknowledgements, and can hold the store's thread there, so that whatever
/// is answered meanwhile was answered too early. It counts what the store says of itself; whether the kernel was asked to
/// sync, <see cref="SystemCallTests"/> counts.
/// </summary>
internal sealed class SyncRecorder : IDurabilityObserver
{
    private readonly ManualResetEventSlim _mayGoOn = new(initialState: true);
    private long _syncedRow;
    private int _syncs;
    private int _early;
    private volatile SyncHold? _held;

    /// <summary>Syncs so far.</summary>
    public int Syncs => Volatile.Read(ref _syncs);

    /// <summary>Acknowledgements of writes that no sync had covered.</summary>
    public int Early => Volatile.Read(ref _early);

    /// <summary>Holds the store's thread at its next sync, until the result is disposed.</summary>
    public SyncHold Hold()
    {
        _mayGoOn.Reset();
        var hold = new SyncHold(Release);
        _held = hold;
        return hold;
    }

    private void Release()
    {
        _held = null;
        _mayGoOn.Set();
    }

    void IDurabilityObserver.Synced(long lastRow, int writes)
    {
        _held?.Reach();
        _mayGoOn.Wait();
        Volatile.Write(ref _syncedRow, lastRow);
        Interlocked.Increment(ref _syncs);
    }

    void IDurabilityObserver.Acknowledging(long row)
    {
        if (row > Volatile.Read(ref _syncedRow))
        {
            Interlocked.Increment(ref _early);
        }
    }
}
