using PosteRestante.Storage.Engine;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// Stands between the sync of the journal and the acknowledgements: it counts both, and can hold the store's thread there,
/// so that whatever is answered meanwhile was answered too early.
/// </summary>
internal sealed class SyncRecorder : IDurabilityObserver
{
    private readonly ManualResetEventSlim _mayGoOn = new(initialState: true);
    private long _syncedRow;
    private int _syncs;
    private int _early;
    private volatile TaskCompletionSource? _held;

    /// <summary>Syncs so far.</summary>
    public int Syncs => Volatile.Read(ref _syncs);

    /// <summary>Acknowledgements of writes that no sync had covered.</summary>
    public int Early => Volatile.Read(ref _early);

    /// <summary>Holds the store at its next sync; completes when it is there.</summary>
    public Task HoldAsync()
    {
        _mayGoOn.Reset();
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _held = held;
        return held.Task;
    }

    /// <summary>Lets the store go on.</summary>
    public void Release()
    {
        _held = null;
        _mayGoOn.Set();
    }

    void IDurabilityObserver.Synced(long lastRow, int writes)
    {
        _held?.TrySetResult();
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
