using Orleans.Runtime;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;
using PosteRestante.Grains.Records;

namespace PosteRestante.Grains.Mailbox.Head;

/// <summary>
/// Does every write of one mailbox's head, one at a time. Operations that arrive while a write is under way join the next;
/// each is judged in order of arrival on one draft, and draft and results are published only when it is durable. After a
/// conflict the head that is stored now tells by its write id whether the write was made after all.
/// </summary>
internal sealed class HeadWriter(MailboxContext context, GrainId owner)
{
    private List<HeadOperation> _waiting = [];
    private List<HeadOperation> _batch = [];
    private WriteIds _ids = new(context.Random);
    private string? _etag;
    private bool _running;
    private int _lineage;
    private Task<MailboxHead?>? _loading;
    private MailboxHead? _last;

    /// <summary>Called when a head was read that this activation did not know.</summary>
    public Action? Loaded { get; set; }

    /// <summary>The head that is stored, as far as this activation knows; null when that has to be read first.</summary>
    public MailboxHead? Head { get; private set; }

    /// <summary>The head to judge by, read if need be; null when the store does not answer.</summary>
    public ValueTask<MailboxHead?> LoadAsync()
    {
        if (Head is not null)
        {
            return ValueTask.FromResult<MailboxHead?>(Head);
        }

        if (_loading is null)
        {
            var loading = ReadAsync();
            _loading = loading.IsCompleted ? null : loading;
            return new ValueTask<MailboxHead?>(loading);
        }

        return new ValueTask<MailboxHead?>(_loading);
    }

    /// <summary>Forgets what it knows and reads the head anew; null when the store does not answer.</summary>
    public ValueTask<MailboxHead?> ReloadAsync()
    {
        // A write under way decides by itself what it finds.
        if (!_running)
        {
            Forget();
        }

        return LoadAsync();
    }

    /// <summary>A name for a page that nobody used before.</summary>
    public ulong NextPageId() => _ids.Next();

    /// <summary>Has an operation judged and written.</summary>
    public ValueTask<HeadWriteStatus> ApplyAsync(HeadOperation operation)
    {
        var written = operation.Written;
        _waiting.Add(operation);
        if (!_running)
        {
            _running = true;
            _ = RunAsync();
        }

        return written;
    }

    private async Task RunAsync()
    {
        while (_waiting.Count > 0)
        {
            (_batch, _waiting) = (_waiting, _batch);
            var status = HeadWriteStatus.Unavailable;
            Exception? failure = null;
            try
            {
                status = await WriteBatchAsync();
            }
#pragma warning disable CA1031 // The top of the writer's loop: a defect reaches everyone who waits, and the head is read anew.
            catch (Exception defect)
#pragma warning restore CA1031
            {
                failure = defect;
                Forget();
            }

            foreach (var operation in _batch)
            {
                operation.Complete(status, failure);
            }

            _batch.Clear();
        }

        _running = false;
    }

    private async ValueTask<HeadWriteStatus> WriteBatchAsync()
    {
        var fresh = Head is null;
        if (await LoadAsync() is not { } head)
        {
            return HeadWriteStatus.Unavailable;
        }

        if (Judge(head) is not { } draft)
        {
            if (fresh || !_batch.Exists(operation => operation.WantsFreshHead))
            {
                return HeadWriteStatus.Committed;
            }

            // An answer that no write stands behind is only as good as the head it was judged by.
            Forget();
            if (await LoadAsync() is not { } stored)
            {
                return HeadWriteStatus.Unavailable;
            }

            draft = Judge(stored);
            if (draft is null)
            {
                return HeadWriteStatus.Committed;
            }
        }

        if (HeadSpill.IsNeeded(draft, context.Options)
            && await WritePagesAsync(HeadSpill.Cut(draft, context.Options, ref _ids)) is null)
        {
            return HeadWriteStatus.Unavailable;
        }

        draft.Version++;
        draft.LastWriteId = _ids.Next();
        draft.KeyId = context.Keys.KeyId;
        context.Instruments.HeadWritten(_batch.Count);
        var write = await context.Records.WriteHeadAsync(owner, draft, _etag);
        if (write.Status != RecordWriteStatus.Written)
        {
            return await ResolveAsync(draft, write.Status);
        }

        (Head, _etag) = (draft, write.Etag);
        return HeadWriteStatus.Committed;
    }

    private MailboxHead? Judge(MailboxHead head)
    {
        var draft = head.Draft();
        var now = context.Clock.GetUtcNow().UtcTicks;
        var changed = false;
        foreach (var operation in _batch)
        {
            changed |= operation.Apply(draft, now);
        }

        return changed ? draft : null;
    }

    /// <summary>Writes pages that a head is about to name, all at once; null when one was not confirmed.</summary>
    public async ValueTask<PageVersion[]?> WritePagesAsync(IReadOnlyList<(ulong PageId, IndexPage Page)> pages)
    {
        var writes = new Task<RecordWrite>[pages.Count];
        for (var i = 0; i < pages.Count; i++)
        {
            writes[i] = context.Records.CreatePageAsync(owner, pages[i].PageId, pages[i].Page).AsTask();
        }

        var written = await Task.WhenAll(writes);
        return Array.TrueForAll(written, write => write.Status == RecordWriteStatus.Written)
            ? [.. written.Select((write, i) => new PageVersion(pages[i].PageId, write.Etag!))]
            : null;
    }

    /// <summary>Finds out by reading back whether an unconfirmed write was made.</summary>
    private async ValueTask<HeadWriteStatus> ResolveAsync(MailboxHead attempted, RecordWriteStatus failure)
    {
        Forget();
        if (await LoadAsync() is not { } stored)
        {
            return HeadWriteStatus.Unavailable;
        }

        if (stored.LastWriteId == attempted.LastWriteId)
        {
            return HeadWriteStatus.Committed;
        }

        return failure == RecordWriteStatus.Conflict ? HeadWriteStatus.Conflict : HeadWriteStatus.Unavailable;
    }

    private void Forget()
    {
        _last = Head ?? _last;
        Head = null;
    }

    private void Adopt(MailboxHead stored)
    {
        // The head this activation had is still the one: what was learnt from it stays true.
        if (_last is not null && _last.LastWriteId == stored.LastWriteId)
        {
            Head = _last;
            return;
        }

        stored.Lineage = ++_lineage;
        Head = stored;
        Loaded?.Invoke();
    }

    private async Task<MailboxHead?> ReadAsync()
    {
        try
        {
            var read = await context.Records.ReadHeadAsync(owner);
            if (read.Status == RecordReadStatus.Unavailable)
            {
                return null;
            }

            Adopt(read.Value ?? new MailboxHead());
            _etag = read.Etag;
            return Head;
        }
        finally
        {
            _loading = null;
        }
    }
}
