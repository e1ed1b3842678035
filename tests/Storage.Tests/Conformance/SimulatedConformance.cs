using Orleans.Storage;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Storage.Tests.Conformance;

/// <summary>The store of simulations.</summary>
public sealed class SimulatedConformance : GrainStorageConformance
{
    private SimulatedStore? _store;

    protected override ValueTask<IGrainStorage> OpenAsync()
    {
        _store = SimulatedStore.Open(new SimulatedDisk(), new Random(1), TimeProvider.System);
        return ValueTask.FromResult(_store.CreateGrainStorage(new OctetSerializer()));
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;

    protected override void Pump() => _store!.RunUntilIdle();
}
