using Microsoft.Extensions.Logging;

namespace PosteRestante.Storage.Engine;

/// <summary>
/// Fills the tables behind the journal: one transaction a round, a sync now and then, and after a sync the
/// journal is trimmed. A round that fails is applied again; nothing is lost, the journal has it.
/// </summary>
internal sealed partial class StoreApplier(StoreParts parts, ILogger logger) : IWorker
{
    private long _unsynced;
    private long _failedAt;
    private bool _failed;

    public Signal Signal => parts.ApplierSignal;

    public TimeSpan Patience => _failed ? parts.Limits.ApplyRetryDelay : Timeout.InfiniteTimeSpan;

    public bool Advance()
    {
        if (_failed && !parts.Rounds.IsClosing && parts.Time.GetElapsedTime(_failedAt) < parts.Limits.ApplyRetryDelay)
        {
            return false;
        }

        try
        {
            bool advanced = Step();
            _failed = _failed && !advanced;
            return advanced;
        }
        catch (StorageFailureException failure)
        {
            Fail(failure);
            return false;
        }
    }

    public bool TryFinish() => parts.Rounds.IsOver && (_unsynced == 0 || _failed);

    private bool Step()
    {
        if (_unsynced >= parts.Limits.SyncBytes && TrySync())
        {
            return true;
        }

        if (_unsynced > 0 && parts.Rounds.IsOver)
        {
            return TrySync() ? true : throw new StorageFailureException(StorageFailureKind.NotExecuted, "The tables were not synced: they are still read.");
        }

        if (parts.Rounds.Offered is not { } round)
        {
            return false;
        }

        long started = parts.Time.GetTimestamp();
        parts.Tables.Apply(round);
        parts.AppliedRow = round.LastRow;
        _unsynced += round.JournaledBytes;
        parts.Instruments?.Applied(parts.Time.GetElapsedTime(started), round.Count);
        parts.Rounds.Done();
        return true;
    }

    private bool TrySync()
    {
        if (!parts.Tables.Sync())
        {
            return false;
        }

        _unsynced = 0;
        parts.Journal.Trim(parts.AppliedRow);
        return true;
    }

    private void Fail(StorageFailureException failure)
    {
        _failed = true;
        _failedAt = parts.Time.GetTimestamp();
        LogApplyFailed(logger, failure);
        parts.Instruments?.ApplyFailed();
        if (parts.Rounds.IsClosing)
        {
            parts.Rounds.GiveUp();
        }
    }

    [LoggerMessage(LogLevel.Error, "The store could not fill its tables; what was acknowledged is in the journal, and it tries again")]
    private static partial void LogApplyFailed(ILogger logger, Exception exception);
}
