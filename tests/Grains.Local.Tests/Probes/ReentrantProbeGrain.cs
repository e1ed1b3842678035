using Orleans;
using Orleans.Concurrency;

namespace PosteRestante.Grains.Local.Tests.Probes;

[Reentrant]
public sealed class ReentrantProbeGrain(Journal journal, Gates gates) : Grain, IReentrantProbe
{
    private readonly Awaiting _awaiting = new(gates);
    private int _running;

    public async ValueTask HoldAsync(string gate)
    {
        var key = this.GetPrimaryKeyString();
        journal.Add($"{key} holds {gate}, {++_running} at once");
        await gates.At(gate);
        _running--;
        journal.Add($"{key} held {gate}");
    }

    public ValueTask<string> ResumeAsync(AwaitKind kind) => _awaiting.ResumeAsync(this, GrainFactory, kind);
}
