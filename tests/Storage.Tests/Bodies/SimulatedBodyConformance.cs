using PosteRestante.Storage.Bodies;
using PosteRestante.Storage.Bodies.Simulated;

namespace PosteRestante.Storage.Tests.Bodies;

/// <summary>Bodies of simulations; closing is a crash.</summary>
public sealed class SimulatedBodyConformance : BodyStoreConformance
{
    private readonly SimulatedBodyDisk _disk = new();

    protected override ValueTask<IBodyStore> OpenAsync() =>
        ValueTask.FromResult<IBodyStore>(new SimulatedBodyStore(_disk, Time, Options));

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;
}
