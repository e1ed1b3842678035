using System.Globalization;
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
    private const long NoRecord = 0;

    /// <summary>An ETag that this store never gave out, so that it matches nothing.</summary>
    private const long Foreign = -1;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        StoredRecord record = await engine.ReadAsync(Key(stateName, grainId));
        grainState.RecordExists = record.Exists;
        grainState.ETag = Text(record.Version.Etag);
        grainState.State = record.Exists ? serializer.Deserialize<T>(new BinaryData(record.Value)) : default;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ReadOnlyMemory<byte> value = serializer.Serialize(grainState.State).ToMemory();
        string? expected = grainState.ETag;
        WriteResult result = await engine.WriteAsync(Key(stateName, grainId), Number(expected), value);
        ThrowOnConflict(result, expected);
        grainState.ETag = Text(result.Etag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        string? expected = grainState.ETag;
        WriteResult result = await engine.ClearAsync(Key(stateName, grainId), Number(expected));
        ThrowOnConflict(result, expected);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = default;
    }

    private static void ThrowOnConflict(WriteResult result, string? expected)
    {
        if (!result.Written)
        {
            throw new InconsistentStateException("The record is not at the expected version.", Text(result.Etag) ?? "", expected ?? "");
        }
    }

    private static string? Text(long etag) => etag == NoRecord ? null : etag.ToString(CultureInfo.InvariantCulture);

    private static long Number(string? etag)
    {
        if (string.IsNullOrEmpty(etag))
        {
            return NoRecord;
        }

        return long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : Foreign;
    }

    private RecordKey Key(string stateName, GrainId grainId) =>
        engine.Key(RecordNames.Create(stateName, grainId, engine.Limits.NameBytes));
}
