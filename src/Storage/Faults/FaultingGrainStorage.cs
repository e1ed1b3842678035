using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Records;

namespace PosteRestante.Storage.Faults;

/// <summary>A provider that meets the faults of a plan. The caller's state changes only when the caller sees success.</summary>
public sealed class FaultingGrainStorage(IGrainStorage inner, FaultPlan plan, TimeProvider time) : IGrainStorage
{
    /// <summary>A call of the provider behind.</summary>
    private delegate Task Call<T>(string stateName, GrainId grainId, IGrainState<T> state);

    /// <inheritdoc/>
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StorageFault fault = plan.Draw();
        await BeforeAsync(fault);
        var state = new RecordState<T>();
        await inner.ReadStateAsync(stateName, grainId, state);
        ThrowIfAnswerIsLost(fault);
        CopyTo(state, grainState);
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ChangeAsync(inner.WriteStateAsync, stateName, grainId, grainState);

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ChangeAsync(inner.ClearStateAsync, stateName, grainId, grainState);

    private static void ThrowIfAnswerIsLost(StorageFault fault)
    {
        if (fault == StorageFault.FailAfterCommit)
        {
            throw new StorageFailureException(StorageFailureKind.Unknown, "Injected: the answer was lost.");
        }
    }

    private static RecordState<T> Copy<T>(IGrainState<T> state) =>
        new() { State = state.State, ETag = state.ETag, RecordExists = state.RecordExists };

    private static void CopyTo<T>(RecordState<T> from, IGrainState<T> to)
    {
        to.State = from.State;
        to.ETag = from.ETag;
        to.RecordExists = from.RecordExists;
    }

    private async Task ChangeAsync<T>(Call<T> change, string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StorageFault fault = plan.Draw();
        await BeforeAsync(fault);
        RecordState<T> first = Copy(grainState);
        await change(stateName, grainId, first);
        ThrowIfAnswerIsLost(fault);
        if (fault is StorageFault.Duplicate or StorageFault.ConflictAfterCommit)
        {
            await RepeatAsync(change, stateName, grainId, Copy(grainState), fault);
        }

        CopyTo(first, grainState);
    }

    /// <summary>The same request once more, with the ETag it had; its conflict is what fences are for.</summary>
    private static async Task RepeatAsync<T>(Call<T> change, string stateName, GrainId grainId, RecordState<T> again, StorageFault fault)
    {
        try
        {
            await change(stateName, grainId, again);
        }
        catch (InconsistentStateException) when (fault == StorageFault.Duplicate)
        {
            // The caller has the first answer already.
        }
    }

    private async Task BeforeAsync(StorageFault fault)
    {
        if (fault == StorageFault.FailBefore)
        {
            throw new StorageFailureException(StorageFailureKind.Unknown, "Injected: the call was not executed.");
        }

        if (fault == StorageFault.Delay)
        {
            await Task.Delay(plan.DrawDelay(), time);
        }
    }
}
