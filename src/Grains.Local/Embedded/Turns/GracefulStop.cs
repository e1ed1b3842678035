namespace Orleans.Embedded.Turns;

/// <summary>A stop in good order: every shard answers its calls, then ends its activations.</summary>
internal sealed class GracefulStop(int shards)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool[] _quiet = new bool[shards];
    private int _left = shards;

    /// <summary>Done when no shard has an activation any more.</summary>
    public Task Done => _done.Task;

    /// <summary>Looks at a shard that has no turns left; on its thread.</summary>
    public void Observe(Shard shard)
    {
        if (shard.Unanswered.Count > 0)
        {
            return;
        }

        foreach (var activation in shard.Living().ToArray())
        {
            activation.Deactivate(new(DeactivationReasonCode.ShuttingDown, "The silo stops."));
        }

        if (shard is { Activations: 0, HasTurns: false } && !_quiet[shard.Index])
        {
            _quiet[shard.Index] = true;
            if (Interlocked.Decrement(ref _left) == 0)
            {
                _done.SetResult();
            }
        }
    }
}
