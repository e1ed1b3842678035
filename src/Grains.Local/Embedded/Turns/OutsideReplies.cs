namespace Orleans.Embedded.Turns;

/// <summary>
/// Continuations of callers that are no grains, gathered while a shard runs and handed to each caller's context in one
/// batch. So the edge is woken once a batch, and none of its code ever runs on a shard.
/// </summary>
internal sealed class OutsideReplies
{
    private readonly List<ReplyBatch> _batches = [];
    private ReplyBatch? _spare;

    public void Add(SynchronizationContext context, Action<object?> continuation, object? state)
    {
        foreach (var open in _batches)
        {
            if (ReferenceEquals(open.Context, context))
            {
                open.Add(continuation, state);
                return;
            }
        }

        var batch = Interlocked.Exchange(ref _spare, null) ?? new ReplyBatch(this);
        batch.Context = context;
        batch.Add(continuation, state);
        _batches.Add(batch);
    }

    /// <summary>Hands over what was gathered.</summary>
    public void Flush()
    {
        if (_batches.Count == 0)
        {
            return;
        }

        foreach (var batch in _batches)
        {
            batch.Context!.Post(ReplyBatch.Resume, batch);
        }

        _batches.Clear();
    }

    /// <summary>A batch has run and may be filled again.</summary>
    public void Reuse(ReplyBatch batch) => Volatile.Write(ref _spare, batch);
}
