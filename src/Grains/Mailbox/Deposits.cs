using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// Stores messages: the message record first, create-if-absent, then the head. So a repeat is known by its record: a
/// tombstone was handled, an entry in head or pages waits, and neither is a deposit that crashed and is added now.
/// </summary>
internal sealed class Deposits(MailboxParts parts, Housekeeping housekeeping)
{
    private readonly Dictionary<PackedKey, RunningDeposit> _running = [];

    /// <summary>Stores a message, or joins the deposit of the same message that is under way.</summary>
    public async ValueTask<DepositReceipt> DepositAsync(DepositRequest request)
    {
        var key = parts.Context.Keys.Derive(parts.Mailbox, request.DedupeKey.AsSpan());
        var text = key.ToMessageKey().Value;
        if (_running.TryGetValue(key, out var first))
        {
            return Answer(text, AsRepeat(await first.Outcome));
        }

        if (request.OnlyIfKnown)
        {
            return Answer(text, await LookUpAsync(key, text));
        }

        var running = new RunningDeposit();
        _running.Add(key, running);
        var outcome = DepositOutcome.StoreUnavailable;
        try
        {
            outcome = await StoreAsync(key, text, request.Content);
        }
        finally
        {
            _running.Remove(key);
            running.Finish(outcome);
        }

        return Answer(text, outcome);
    }

    private static DepositOutcome AsRepeat(DepositOutcome first) =>
        first == DepositOutcome.Stored ? DepositOutcome.AlreadyStored : first;

    private DepositReceipt Answer(string key, DepositOutcome outcome)
    {
        var instruments = parts.Context.Instruments;
        switch (outcome)
        {
            case DepositOutcome.Stored:
                instruments.Stored();
                break;
            case DepositOutcome.AlreadyStored or DepositOutcome.AlreadyHandled:
                instruments.Duplicate();
                break;
            case DepositOutcome.NotKnown:
                break;
            default:
                instruments.Refused(outcome == DepositOutcome.MailboxFull ? "mailbox_full" : "store_unavailable");
                return new DepositReceipt { Outcome = outcome };
        }

        return new DepositReceipt { Outcome = outcome, MessageKey = key };
    }

    private async ValueTask<DepositOutcome> StoreAsync(PackedKey key, string text, DeferredContent content)
    {
        var (full, expired, refreshed) = (false, false, false);
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            if (await parts.Writer.LoadAsync() is not { } head)
            {
                return DepositOutcome.StoreUnavailable;
            }

            if (full || !DepositOperation.Fits(head, content.Size, parts.Options))
            {
                full = false;
                var now = parts.Now;
                if (!refreshed)
                {
                    refreshed = true;
                    await parts.Writer.ReloadAsync();
                    continue;
                }

                if (!expired && head.EarliestExpiry <= now)
                {
                    expired = true;
                    await housekeeping.RunAsync(now);
                    continue;
                }

                switch (await FindStoredAsync(head, key, text))
                {
                    case DepositOutcome.None:
                        continue;
                    case DepositOutcome.NotKnown:
                        return DepositOutcome.MailboxFull;
                    case var known:
                        return known;
                }
            }

            var (verdict, failed) = await AddAsync(head, key, text, content);
            if (failed)
            {
                return DepositOutcome.StoreUnavailable;
            }

            switch (verdict)
            {
                case DepositVerdict.Added:
                    return DepositOutcome.Stored;
                case DepositVerdict.Waiting:
                    return DepositOutcome.AlreadyStored;
                case DepositVerdict.Handled:
                    return DepositOutcome.AlreadyHandled;
                default:
                    full = verdict == DepositVerdict.Full;
                    break;
            }
        }

        return DepositOutcome.StoreUnavailable;
    }

    /// <summary>One round: the record, then the head.</summary>
    private async ValueTask<(DepositVerdict Verdict, bool Failed)> AddAsync(
        MailboxHead head, PackedKey key, string text, DeferredContent content)
    {
        var stored = await parts.Messages.StoreAsync(parts.Mailbox, text, content);
        switch (stored.Outcome)
        {
            case StoreOutcome.Created:
                break;
            case StoreOutcome.Tombstoned:
                return (DepositVerdict.Handled, false);
            case StoreOutcome.Exists:
                var found = await FindAsync(head, key, stored.ReceivedAt.UtcTicks);
                if (found.Failed || found.Verdict is not null)
                {
                    return (found.Verdict ?? DepositVerdict.LookAgain, found.Failed);
                }

                // A deposit that crashed before its commit: what is added is the record that exists, not this request.
                var read = await parts.Messages.ReadAsync(text);
                if (read.Outcome != ReadOutcome.Found)
                {
                    return (DepositVerdict.Handled, read.Outcome != ReadOutcome.Tombstoned);
                }

                content = read.Content;
                break;
            default:
                return (DepositVerdict.LookAgain, true);
        }

        var operation = new DepositOperation(
            key, content, head.Lineage, stored.Outcome == StoreOutcome.Created, parts.Options);
        var status = await parts.Writer.ApplyAsync(operation);
        return status switch
        {
            HeadWriteStatus.Committed => (operation.Verdict, false),
            HeadWriteStatus.Conflict => (DepositVerdict.LookAgain, false),
            _ => (DepositVerdict.LookAgain, true),
        };
    }

    /// <summary>Whether a message was taken before; stores nothing. Only a head that was just read can say that it was not.</summary>
    private async ValueTask<DepositOutcome> LookUpAsync(PackedKey key, string text)
    {
        for (var attempt = 0; attempt < parts.Options.MaxAttempts; attempt++)
        {
            var isFresh = attempt > 0;
            if ((isFresh ? await parts.Writer.ReloadAsync() : await parts.Writer.LoadAsync()) is not { } head)
            {
                return DepositOutcome.StoreUnavailable;
            }

            var outcome = await FindStoredAsync(head, key, text);
            if (outcome != DepositOutcome.None && (isFresh || outcome != DepositOutcome.NotKnown))
            {
                return outcome;
            }
        }

        return DepositOutcome.StoreUnavailable;
    }

    /// <summary>A full mailbox, and one that is only asked, stores nothing, but still knows what it has. None: look again.</summary>
    private async ValueTask<DepositOutcome> FindStoredAsync(MailboxHead head, PackedKey key, string text)
    {
        var read = await parts.Messages.ReadAsync(text);
        if (read.Outcome == ReadOutcome.Tombstoned)
        {
            return DepositOutcome.AlreadyHandled;
        }

        if (read.Outcome == ReadOutcome.Found)
        {
            var (found, failed) = await FindAsync(head, key, read.Content.ReceivedAt.UtcTicks);
            if (failed)
            {
                return DepositOutcome.StoreUnavailable;
            }

            if (found is { } known)
            {
                return known switch
                {
                    DepositVerdict.Waiting => DepositOutcome.AlreadyStored,
                    DepositVerdict.LookAgain => DepositOutcome.None,
                    _ => DepositOutcome.AlreadyHandled,
                };
            }
        }

        return read.Outcome == ReadOutcome.StoreUnavailable ? DepositOutcome.StoreUnavailable : DepositOutcome.NotKnown;
    }

    /// <summary>Whether a head knows a message: in itself, or in a page that covers its receipt.</summary>
    private async ValueTask<(DepositVerdict? Verdict, bool Failed)> FindAsync(MailboxHead head, PackedKey key, long receivedAt)
    {
        var now = parts.Now;
        if (DepositOperation.Find(head, key, now) is { } known)
        {
            return (known, false);
        }

        var query = new KeyQuery(key, receivedAt);
        switch (await parts.Index.WalkAsync(head, query, withNewest: false))
        {
            case WalkOutcome.Unavailable:
                return (null, true);
            case WalkOutcome.StaleHead:
                return (DepositVerdict.LookAgain, await parts.Writer.ReloadAsync() is null);
            default:
                break;
        }

        if (query.Found is not { } entry)
        {
            return (null, false);
        }

        return (head.Overlay(ref entry) && !head.IsDue(entry, now) ? DepositVerdict.Waiting : DepositVerdict.Handled, false);
    }
}
