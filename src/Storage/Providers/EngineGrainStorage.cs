using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Providers;

/// <summary>
/// The engine behind the interface that grain runtimes know. ETags are the numbers of the writes: a null ETag
/// expects that there is no record, and no ETag ever comes back for another content.
/// </summary>
internal sealed class EngineGrainStorage(RecordEngine engine, IGrainStorageSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StoredRecord record = await engine.ReadAsync(Key(stateName, grainId));
        grainState.RecordExists = record.Exists;
        grainState.ETag = EtagText.Of(record.Version.Etag);
        grainState.State = record.Exists ? serializer.Deserialize<T>(new BinaryData(record.Value)) : default;
    }

    // Every deposit comes here twice, so the write itself completes the task: no state machine, no turn in between.
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ReadOnlyMemory<byte> value = serializer.Serialize(grainState.State).ToMemory();
        return engine.WriteAsync(new StateWrite<T>(Key(stateName, grainId), EtagText.Number(grainState.ETag), value, grainState));
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string? expected = grainState.ETag;
        WriteResult result = await engine.ClearAsync(Key(stateName, grainId), EtagText.Number(expected));
        if (!result.Written)
        {
            throw EtagText.Conflict(result, expected);
        }

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = default;
    }

    private RecordKey Key(string stateName, GrainId grainId) =>
        engine.Key(RecordNames.Create(stateName, grainId, engine.Limits.NameBytes));
}
