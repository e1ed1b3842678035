using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// The work behind the head writes: entries that are due end, messages of ended entries become tombstones, and only then
/// are pages rewritten and intents dropped. One run at a time; whatever stops it, the next one goes on from the head.
/// </summary>
internal sealed partial class Housekeeping(MailboxParts parts, IAlarmClock alarm)
{
    private const int DueAtOnce = 64;

    private readonly HashSet<long> _tombstoned = [];
    private Task<bool>? _running;
    private bool _foldsAll;
    private long _dueAt;
    private TimeSpan _delay;

    /// <summary>Has the work done soon, in a turn of its own.</summary>
    /// <param name="dueAt">Entries that expire up to then end, in UTC ticks.</param>
    public void Schedule(long dueAt)
    {
        _dueAt = Math.Max(_dueAt, dueAt);
        alarm.Set(TimeSpan.Zero);
    }

    /// <summary>The same, when the head has something to carry out.</summary>
    public void ScheduleIfNeeded()
    {
        if (parts.Writer.Head is { } head && IsNeeded(head))
        {
            alarm.Set(TimeSpan.Zero);
        }
    }

    /// <summary>Goes on with what an earlier activation, or another one, left to do.</summary>
    public void OnLoaded()
    {
        var head = parts.Writer.Head!;
        if (IsNeeded(head) || head.EarliestExpiry <= parts.Now)
        {
            Schedule(parts.Now);
        }
    }

    /// <summary>What the alarm does.</summary>
    public async Task OnAlarmAsync()
    {
        if (await RunAsync(Math.Max(_dueAt, parts.Now)))
        {
            _delay = TimeSpan.Zero;
            return;
        }

        _delay = _delay == TimeSpan.Zero ? parts.Options.RetryDelay : _delay * 2;
        _delay = _delay < parts.Options.MaxRetryDelay ? _delay : parts.Options.MaxRetryDelay;
        alarm.Set(_delay);
    }

    /// <summary>Does the work, or waits for the run that does it; false when it could not be finished now.</summary>
    public Task<bool> RunAsync(long dueAt)
    {
        _dueAt = Math.Max(_dueAt, dueAt);
        if (_running is { IsCompleted: false })
        {
            return _running;
        }

        return _running = RunToEndAsync();
    }

    /// <summary>Carries out every decision that stands in the head, however few; false when that could not be done now.</summary>
    public Task<bool> MakeRoomAsync()
    {
        _foldsAll = true;
        return RunAsync(_dueAt);
    }

    /// <summary>Raises the alarm over a committed entry whose message is not there.</summary>
    public void AlarmMissing(string key)
    {
        parts.Context.Instruments.Missing();
        LogMissing(parts.Context.Logger, key);
    }

    private bool IsNeeded(MailboxHead head) => FoldsAll(head) || Array.Exists(head.Intents, intent => intent.Ended);

    private bool FoldsAll(MailboxHead head)
    {
        var enough = head.Lease is null ? parts.Options.FoldIntentsAtRest : parts.Options.FoldIntents;
        return head.Intents.Length >= (_foldsAll ? 1 : enough);
    }

    private async Task<bool> RunToEndAsync()
    {
        for (var attempt = 0; attempt < parts.Options.MaxAttempts;)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                return false;
            }

            var expired = await ExpireAsync(head);
            var carriedOut = await CarryOutAsync();
            if (expired is null || carriedOut is null)
            {
                attempt++;
                continue;
            }

            if (expired == 0 && carriedOut == 0)
            {
                _foldsAll = false;
                return true;
            }
        }

        return false;
    }

    /// <summary>Ends what is due; the number of entries, or null when it has to be tried again.</summary>
    private async ValueTask<int?> ExpireAsync(MailboxHead head)
    {
        if (head.EarliestExpiry > _dueAt)
        {
            return 0;
        }

        var query = new DueQuery(head, _dueAt, DueAtOnce);
        switch (await parts.Index.WalkAsync(head, query, withNewest: false))
        {
            case WalkOutcome.StaleHead:
                await parts.Writer.ReloadAsync();
                return null;
            case WalkOutcome.Unavailable:
                return null;
            default:
                break;
        }

        var operation = new ExpireOperation(new PagedEntries(head, query.Entries), _dueAt, parts.Options);
        if (await parts.Writer.ApplyAsync(operation) != HeadWriteStatus.Committed)
        {
            return null;
        }

        parts.Context.Instruments.Expired(operation.Expired);
        return operation.Ended;
    }

    /// <summary>Carries intents out; the number of those done, or null when it has to be tried again.</summary>
    private async ValueTask<int?> CarryOutAsync()
    {
        if (parts.Writer.Head is not { } head || !IsNeeded(head))
        {
            return 0;
        }

        var all = await BuryAsync(head.Intents);
        var foldAll = FoldsAll(head);
        var ready = Array.FindAll(
            head.Intents, intent => intent.Ended ? _tombstoned.Contains(intent.Sequence) : foldAll);
        if (ready.Length == 0)
        {
            return all ? 0 : null;
        }

        return await FoldAsync(head, ready) && all ? ready.Length : null;
    }

    /// <summary>Makes tombstones of ended messages, in parallel; false when one was not confirmed.</summary>
    private async ValueTask<bool> BuryAsync(Intent[] intents)
    {
        var ended = Array.FindAll(intents, intent => intent.Ended && !_tombstoned.Contains(intent.Sequence));
        var calls = Array.ConvertAll(ended, intent => parts.Messages.TombstoneAsync(intent.Key.ToMessageKey().Value, AsTombstone(intent)));
        var all = true;
        for (var i = 0; i < calls.Length; i++)
        {
            var receipt = await calls[i];
            if (receipt.Outcome == TerminalOutcome.None)
            {
                all = false;
                continue;
            }

            _tombstoned.Add(ended[i].Sequence);
        }

        return all;
    }

    private async ValueTask<bool> FoldAsync(MailboxHead head, Intent[] ready)
    {
        var fold = new IndexFold(parts.Context.Records, parts.Owner, parts.Writer, ready);
        if (await fold.FoldAsync(head) is not { } levels)
        {
            if (fold.Outcome == WalkOutcome.StaleHead)
            {
                await parts.Writer.ReloadAsync();
            }

            return false;
        }

        if (await parts.Writer.WritePagesAsync(fold.NewPages) is not { } newPages)
        {
            return false;
        }

        var operation = new FoldOperation(head, levels, ready);
        if (await parts.Writer.ApplyAsync(operation) != HeadWriteStatus.Committed)
        {
            return false;
        }

        if (operation.Published)
        {
            _tombstoned.ExceptWith(ready.Select(intent => intent.Sequence));
        }

        // Either the old pages or, if the head went another way, the new ones: nothing names them.
        foreach (var page in operation.Published ? fold.OldPages : [.. newPages])
        {
            await parts.Context.Records.RetirePageAsync(parts.Owner, page);
        }

        return true;
    }

    private static Tombstone AsTombstone(in Intent intent) => new()
    {
        Outcome = intent.Outcome,
        At = new DateTimeOffset(intent.EndedAt, TimeSpan.Zero),
        Reason = intent.Outcome == TerminalOutcome.Expired ? "expired" : "delivered",
    };

    [LoggerMessage(LogLevel.Error, "The mailbox index names message {MessageKey}, but there is no record of it.")]
    private static partial void LogMissing(ILogger logger, string messageKey);
}
