using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Storage.Records;

/// <summary>
/// What grains keep their records with: read, create if absent, replace if unchanged. A lost race is a result;
/// everything else that goes wrong is a <see cref="StorageFailureException"/>, and after one of kind
/// <see cref="StorageFailureKind.Unknown"/> the caller reads back. Continuations run where the caller awaited.
/// </summary>
public sealed class RecordStore
{
    /// <summary>Name under which the records' provider is registered.</summary>
    public const string StorageName = "records";

    private readonly IGrainStorage _storage;

    /// <summary>A record store over a provider.</summary>
    public RecordStore(IGrainStorage storage) => _storage = storage;

    /// <summary>Reads a record.</summary>
    /// <param name="name">Name of the record within its grain, such as <c>head</c>; without <c>/ \ # ?</c>.</param>
    /// <param name="owner">The grain that the record belongs to.</param>
    public async ValueTask<Record<T>> ReadAsync<T>(string name, GrainId owner)
    {
        var state = new RecordState<T>();
        try
        {
            await _storage.ReadStateAsync(name, owner, state);
        }
        catch (Exception failure) when (failure is not StorageFailureException)
        {
            throw Failure(name, owner, failure);
        }

        return state.RecordExists ? new Record<T>(true, state.State, state.ETag) : default;
    }

    /// <summary>Creates a record unless there is one.</summary>
    /// <param name="name">Name of the record within its grain.</param>
    /// <param name="owner">The grain that the record belongs to.</param>
    /// <param name="value">The content.</param>
    /// <returns>Its ETag; null when there is one already, and nothing was written.</returns>
    public ValueTask<string?> CreateAsync<T>(string name, GrainId owner, T value) => WriteAsync(name, owner, value, etag: null);

    /// <summary>Replaces a record if it is still at the version that was read or written last.</summary>
    /// <param name="name">Name of the record within its grain.</param>
    /// <param name="owner">The grain that the record belongs to.</param>
    /// <param name="value">The new content.</param>
    /// <param name="etag">The version that it must have.</param>
    /// <returns>Its new ETag; null when it is at another version or gone, and nothing was written.</returns>
    public ValueTask<string?> ReplaceAsync<T>(string name, GrainId owner, T value, string etag)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return WriteAsync(name, owner, value, etag);
    }

    private static StorageFailureException Failure(string name, GrainId owner, Exception cause) =>
        new(
            cause is RecordFormatException ? StorageFailureKind.Damaged : StorageFailureKind.Unknown,
            $"The record '{name}' of a grain of type '{owner.Type}' could not be read or written: {cause.Message}",
            cause);

    private async ValueTask<string?> WriteAsync<T>(string name, GrainId owner, T value, string? etag)
    {
        var state = new RecordState<T> { State = value, ETag = etag, RecordExists = etag is not null };
        try
        {
            await _storage.WriteStateAsync(name, owner, state);
            return state.ETag;
        }
        catch (InconsistentStateException)
        {
            return null;
        }
        catch (Exception failure) when (failure is not StorageFailureException)
        {
            throw Failure(name, owner, failure);
        }
    }
}
