namespace PosteRestante.Storage.Engine;

/// <summary>
/// The one owner of all writes. Takes what waits, judges each write against what is pending (earlier ones in the
/// batch included) and then against the tables, appends the winners to the journal, syncs once, makes the batch
/// visible, and only then answers. Also closes rounds for the applier, and holds back when that lags.
/// </summary>
internal sealed class StoreWriter : IWorker
{
    private readonly StoreParts _parts;
    private readonly ITableReader _tables;
    private readonly WriteBatch _batch = new();
    private readonly RememberedVersions _remembered;
    private List<WriteRequest> _waiting = [];
    private int _next;
    private long _nextRow;
    private long _fillingSince;
    private long _started;
    private Phase _phase;

    public StoreWriter(StoreParts parts, ITableReader tables, long nextRow)
    {
        _parts = parts;
        _tables = tables;
        _nextRow = nextRow;
        _remembered = new RememberedVersions(parts.Limits.RememberedVersions);
        _batch.Reset();
    }

    private enum Phase
    {
        Idle,
        Judged,
        Appended,
        Committed,
    }

    public Signal Signal => _parts.WriterSignal;

    public TimeSpan Patience
    {
        get
        {
            if (_parts.View.IsApplying || _parts.View.Filling.IsEmpty)
            {
                return Timeout.InfiniteTimeSpan;
            }

            TimeSpan left = _parts.Limits.RoundInterval - _parts.Time.GetElapsedTime(_fillingSince);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    private bool HasWaiting => _next < _waiting.Count || _parts.Writes.Count > 0;

    /// <summary>The applier lags and the limit of pending bytes is reached.</summary>
    private bool IsHeldBack => _parts.View.IsApplying && _parts.View.Bytes >= _parts.Limits.PendingBytes && !_parts.Rounds.GaveUp;

    public bool Advance()
    {
        switch (_phase)
        {
            case Phase.Judged:
                Append();
                return true;
            case Phase.Appended:
                Commit();
                return true;
            case Phase.Committed:
                Complete();
                return true;
            default:
                bool moved = MoveRounds();
                return JudgeBatch() || moved;
        }
    }

    public bool TryFinish()
    {
        bool nothingLeft = !HasWaiting && (_parts.Rounds.GaveUp || (!_parts.View.IsApplying && _parts.View.Filling.IsEmpty));
        if (!_parts.Writes.IsClosed || !nothingLeft)
        {
            return false;
        }

        _tables.Dispose();
        _parts.Rounds.End();
        return true;
    }

    private bool MoveRounds()
    {
        bool ended = _parts.Rounds.TakeDone();
        if (ended)
        {
            _parts.View.EndRound();
        }

        if (_parts.View.IsApplying || !IsRoundDue())
        {
            return ended;
        }

        _parts.Rounds.Offer(_parts.View.BeginRound());
        return true;
    }

    private bool IsRoundDue()
    {
        MemTable filling = _parts.View.Filling;
        return !filling.IsEmpty
            && (filling.Bytes >= _parts.Limits.RoundBytes
                || _parts.Rounds.IsClosing
                || _parts.Time.GetElapsedTime(_fillingSince) >= _parts.Limits.RoundInterval);
    }

    private bool JudgeBatch()
    {
        if (IsHeldBack)
        {
            return false;
        }

        if (_next == _waiting.Count)
        {
            _waiting.Clear();
            _next = 0;
            _waiting = _parts.Writes.TakeAll(_waiting);
        }

        while (_next < _waiting.Count && _batch.Block.Length < _parts.Limits.BatchBytes)
        {
            Judge(_waiting[_next++]);
        }

        if (_batch.Requests.Count == 0)
        {
            return false;
        }

        _phase = _batch.Appends > 0 ? Phase.Judged : Phase.Committed;
        return true;
    }

    private void Judge(WriteRequest request)
    {
        RecordVersion current;
        try
        {
            current = Current(request.Key);
        }
        catch (StorageFailureException failure)
        {
            request.TrySetException(Failure(StorageFailureKind.NotExecuted, failure));
            return;
        }

        _batch.Add(request);
        request.Verdict = new WriteResult(current.Etag == request.ExpectedEtag, current.Etag);
        if (request.Verdict.Written && (request.Kind == WriteKind.Put || current.Exists))
        {
            Accept(request, current);
        }
    }

    private void Accept(WriteRequest request, RecordVersion current)
    {
        long row = _nextRow++;
        request.Row = row;
        request.Replaced = current;
        if (request.Kind == WriteKind.Put)
        {
            request.Version = new RecordVersion(current.Exists ? current.Id : row, row);
        }

        request.Verdict = new WriteResult(true, request.Version.Etag);
        _batch.Append(request);
    }

    private RecordVersion Current(in RecordKey key)
    {
        if (_batch.TryGet(key, out RecordVersion version) || _remembered.TryGet(key, out version))
        {
            return version;
        }

        if (_parts.View.TryGetAsWriter(key, out MemEntry entry))
        {
            return entry.Version;
        }

        return _parts.Filter.MayContain(key.Hash) ? _tables.Find(key) : RecordVersion.Absent;
    }

    private void Append()
    {
        _started = _parts.Time.GetTimestamp();
        try
        {
            _parts.Journal.Append(_batch.FirstRow, _batch.LastRow, _batch.Block.Block);
            _phase = Phase.Appended;
        }
        catch (StorageFailureException failure)
        {
            FailBatch(failure);
        }
    }

    private void Commit()
    {
        try
        {
            _parts.Journal.Commit();
        }
        catch (StorageFailureException failure)
        {
            FailBatch(failure);
            return;
        }

        _parts.Observer?.Synced(_batch.LastRow, _batch.Appends);
        _parts.Instruments?.Committed(_parts.Time.GetElapsedTime(_started), _batch.Appends);
        _phase = Phase.Committed;
    }

    private void FailBatch(StorageFailureException cause)
    {
        _parts.Instruments?.CommitFailed(_batch.Requests.Count);
        foreach (WriteRequest request in _batch.Requests)
        {
            request.TrySetException(Failure(StorageFailureKind.Unknown, cause));
        }

        _batch.Reset();
        _phase = Phase.Idle;
    }

    private static StorageFailureException Failure(StorageFailureKind kind, StorageFailureException cause) =>
        new(kind, "The store could not make the write.", cause);

    private void Complete()
    {
        if (_batch.Appends > 0)
        {
            Publish();
        }

        foreach (WriteRequest request in _batch.Requests)
        {
            if (request.Row != 0)
            {
                _parts.Observer?.Acknowledging(request.Row);
            }

            request.Complete();
        }

        _batch.Reset();
        _phase = Phase.Idle;
    }

    private void Publish()
    {
        if (_parts.View.Filling.IsEmpty)
        {
            _fillingSince = _parts.Time.GetTimestamp();
        }

        foreach (WriteRequest request in _batch.Requests)
        {
            if (request.Row != 0)
            {
                Remember(request);
            }
        }

        _parts.View.Publish(_batch.Requests);
        _parts.Instruments?.Pending(_parts.View.Bytes, _batch.LastRow - _parts.AppliedRow);
    }

    private void Remember(WriteRequest request)
    {
        if (request.Kind == WriteKind.Clear)
        {
            _remembered.Forget(request.Key);
        }
        else if (request.Replaced.Exists)
        {
            _remembered.Set(request.Key, request.Version);
        }
        else
        {
            _parts.Filter.Add(request.Key.Hash);
        }
    }
}
