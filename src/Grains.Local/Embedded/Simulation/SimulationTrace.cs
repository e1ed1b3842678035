using Orleans.Embedded.Calls;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Simulation;

/// <summary>What a simulation did, as a hash to compare and, if wanted, in lines to read.</summary>
internal sealed class SimulationTrace(Action<string>? sink)
{
    private ulong _hash = 14695981039346656037;

    /// <summary>Equal traces have equal hashes.</summary>
    public ulong Hash => _hash;

    /// <summary>How many turns ran.</summary>
    public long Turns { get; private set; }

    public void Turn(in Turn turn)
    {
        var call = turn.Kind == TurnKind.Deliver ? turn.Call : turn.Context?.Call;
        var grain = turn.Kind == TurnKind.Deliver ? turn.Call.GrainId : turn.Context?.Activation.GrainId ?? default;
        Turns++;
        Add((ulong)turn.Kind);
        Add(grain.IsDefault ? 0 : grain.GetUniformHashCode());
        Add(call is null ? 0 : (ulong)call.Method.Length);
        if (sink is not null)
        {
            Write(turn.Kind, grain, call);
        }
    }

    public void Outside()
    {
        Turns++;
        Add(99);
        sink?.Invoke($"{Turns} outside");
    }

    private void Write(TurnKind kind, GrainId grain, GrainCall? call) =>
        sink!($"{Turns} {kind} {(grain.IsDefault ? "-" : grain.ToString())} {call?.Method}");

    private void Add(ulong value) => _hash = (_hash ^ value) * 1099511628211;
}
