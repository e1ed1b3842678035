using Orleans.Embedded.Timers;

namespace Orleans.Embedded.Turns;

/// <summary>
/// Lets idle activations go. Each one lies in the bucket of the quantum in which it could be old enough, and is looked
/// at once in that time; using it costs no more than a note of the quantum.
/// </summary>
internal sealed class IdleCollector : WheelEntry
{
    private const int MaxBuckets = 4096;

    private readonly Shard _shard;
    private readonly Activation?[] _buckets;
    private readonly TimeSpan _quantum;
    private readonly int _age;
    private readonly long _origin;

    public IdleCollector(Shard shard)
    {
        _shard = shard;
        var options = shard.Runtime.Collection;
        _origin = shard.Runtime.GrainClock.GetTimestamp();
        _quantum = TimeSpan.FromTicks(Math.Max(options.CollectionQuantum.Ticks, options.CollectionAge.Ticks / (MaxBuckets - 2)));
        _age = (int)Math.Max(1, (options.CollectionAge.Ticks + _quantum.Ticks - 1) / _quantum.Ticks);
        _buckets = new Activation?[_age + 2];
        shard.Timers.Schedule(this, _quantum);
    }

    /// <summary>The number of quanta since the start.</summary>
    public int Epoch { get; private set; }

    /// <summary>The quantum in which a delay from now has certainly passed.</summary>
    public int EpochAfter(TimeSpan delay) =>
        delay <= TimeSpan.Zero ? 0 : (int)Math.Min(int.MaxValue, Epoch + 1 + (delay.Ticks / _quantum.Ticks));

    /// <summary>A new activation.</summary>
    public void Add(Activation activation) => Add(activation, activation.LastUsed + _age);

    /// <summary>An activation that has ended.</summary>
    public void Remove(Activation activation)
    {
        var (previous, next) = (activation.PreviousToCollect, activation.NextToCollect);
        if (previous is null)
        {
            _buckets[activation.Bucket] = next;
        }
        else
        {
            previous.NextToCollect = next;
        }

        if (next is not null)
        {
            next.PreviousToCollect = previous;
        }

        (activation.PreviousToCollect, activation.NextToCollect) = (null, null);
    }

    /// <inheritdoc/>
    public override void Due()
    {
        var now = (int)(_shard.Runtime.GrainClock.GetElapsedTime(_origin).Ticks / _quantum.Ticks);
        var first = Math.Max(Epoch + 1, now - _buckets.Length + 1);
        Epoch = now;
        for (var epoch = first; epoch <= now; epoch++)
        {
            Collect(epoch % _buckets.Length);
        }

        _shard.Timers.Schedule(this, _quantum);
    }

    private void Collect(int bucket)
    {
        var activation = _buckets[bucket];
        _buckets[bucket] = null;
        while (activation is not null)
        {
            var next = activation.NextToCollect;
            (activation.PreviousToCollect, activation.NextToCollect) = (null, null);
            var collectable = activation.IsCollectable(Epoch - _age);
            Add(activation, Math.Max(activation.LastUsed + _age, activation.KeepUntil));
            if (collectable)
            {
                activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, "It was idle for the collection age."));
            }

            activation = next;
        }
    }

    private void Add(Activation activation, int epoch)
    {
        var bucket = Math.Clamp(epoch, Epoch + 1, Epoch + _buckets.Length - 1) % _buckets.Length;
        activation.Bucket = (short)bucket;
        activation.NextToCollect = _buckets[bucket];
        if (activation.NextToCollect is { } next)
        {
            next.PreviousToCollect = activation;
        }

        _buckets[bucket] = activation;
    }
}
