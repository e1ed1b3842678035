using Orleans.Storage;
using PosteRestante.Storage.Faults;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Storage.Tests.Conformance;

/// <summary>The fault decorator when its plan is empty: it must not be noticed.</summary>
public sealed class FaultlessDecoratorConformance : GrainStorageConformance
{
    private SimulatedStore? _store;

    protected override ValueTask<IGrainStorage> OpenAsync()
    {
        _store = SimulatedStore.Open(new SimulatedDisk(), new Random(2), TimeProvider.System);
        return ValueTask.FromResult<IGrainStorage>(
            new FaultingGrainStorage(_store.CreateGrainStorage(new OctetSerializer()), new FaultPlan(new Random(3)), TimeProvider.System));
    }

    protected override ValueTask CloseAsync() => ValueTask.CompletedTask;

    protected override void Pump() => _store!.RunUntilIdle();
}
