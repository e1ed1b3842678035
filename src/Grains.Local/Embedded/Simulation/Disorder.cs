using Orleans.Embedded.Calls;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Simulation;

/// <summary>Does to calls and activations what a cluster may do to them.</summary>
internal sealed class Disorder(DisorderOptions options, SeededRandom random)
{
    private readonly List<Activation> _ghosts = [];

    /// <summary>A call is sent.</summary>
    public Exception? Submit(GrainCall call, Shard shard)
    {
        if (shard.IsClosed)
        {
            return shard.Submit(call);
        }

        if (random.Happens(options.RefusedCall))
        {
            return new SiloUnavailableException("Simulated: the call was refused.");
        }

        if (random.Happens(options.LostRequest))
        {
            shard.Lose(call);
            return null;
        }

        if (random.Happens(options.ExecutedTwice))
        {
            shard.Enqueue(Turn.Deliver(call.DetachedDuplicate()));
        }

        return shard.Submit(call);
    }

    /// <summary>Whether this reply is lost.</summary>
    public bool LosesReply(GrainCall call) => call.HasCaller && random.Happens(options.LostReply);

    /// <summary>Whether this reply comes twice.</summary>
    public bool DoublesReply() => random.Happens(options.DoubledReply);

    /// <summary>Where a call for this activation goes: there, to its ghost, or (null) to a new activation while this one becomes the ghost.</summary>
    public Activation? Haunt(Activation activation)
    {
        if (_ghosts.Find(ghost => ghost.Class == activation.Class && ghost.Key == activation.Key) is { } haunting)
        {
            return haunting.State == ActivationState.Active && random.Happens(options.GhostCall) ? haunting : activation;
        }

        if (activation.State != ActivationState.Active || !random.Happens(options.Ghost))
        {
            return activation;
        }

        activation.Shard.Replace(activation);
        _ghosts.Add(activation);
        return null;
    }

    /// <summary>A crash: its ghosts are gone too.</summary>
    public void Forget() => _ghosts.Clear();

    /// <summary>Between turns.</summary>
    public void Disturb(IReadOnlyList<Shard> shards)
    {
        if (random.Happens(options.Deactivation))
        {
            var living = shards.SelectMany(static shard => shard.Living()).Where(static activation => activation.State == ActivationState.Active).ToArray();
            if (living.Length > 0)
            {
                living[random.Next(living.Length)].Deactivate(new(DeactivationReasonCode.RuntimeRequested, "Simulated: it has to go."));
            }
        }

        if (_ghosts.Count > 0 && random.Happens(options.GhostEnd))
        {
            _ghosts[random.Next(_ghosts.Count)].Deactivate(new(DeactivationReasonCode.DuplicateActivation, "Simulated: the ghost is laid."));
        }

        _ghosts.RemoveAll(static ghost => ghost.State == ActivationState.Ended);
    }
}
