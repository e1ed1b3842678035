using Orleans.Embedded.Timers;

namespace Orleans.Embedded.Turns;

/// <summary>The thread that steps a shard in production.</summary>
#pragma warning disable CA1001 // The thread itself disposes of its alarms when it ends.
internal sealed class ShardThread
#pragma warning restore CA1001
{
    // Replies of callers outside wait for the end of a batch, so a batch is short against a millisecond.
    private const int TurnsPerBatch = 64;

    private readonly Shard _shard;
    private readonly Thread _thread;
    private readonly Alarm _timers;
    private readonly Alarm _timeouts;

    public ShardThread(Shard shard)
    {
        _shard = shard;
        _timers = new Alarm(shard.Runtime.GrainClock, shard.WakeForTime);
        _timeouts = new Alarm(shard.Runtime.MessagingClock, shard.WakeForTime);
        _thread = new Thread(Serve) { IsBackground = true, Name = $"Grains {shard.Index}" };
    }

    public void Start() => _thread.UnsafeStart();

    /// <summary>Waits for its end, unless the caller is a turn of this very shard.</summary>
    public void Join()
    {
        if (!ReferenceEquals(Thread.CurrentThread, _thread) && _thread.IsAlive)
        {
            _thread.Join();
        }
    }

    private void Serve()
    {
        while (_shard.HasTurns ? !_shard.IsClosed : _shard.WaitForWork())
        {
            _shard.Observe();
            _shard.RunTurns(TurnsPerBatch);
            if (!_shard.HasTurns)
            {
                _shard.Runtime.Stopping?.Observe(_shard);
            }

            _timers.Set(_shard.Timers.NextDue);
            _timeouts.Set(_shard.Unanswered.Oldest?.Links.Deadline);
        }

        _timers.Dispose();
        _timeouts.Dispose();
        _shard.Drop();
    }
}
