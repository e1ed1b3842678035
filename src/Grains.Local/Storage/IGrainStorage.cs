using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A store of records; resolved as a keyed service by its name.</summary>
public interface IGrainStorage
{
    /// <summary>Reads a record into <paramref name="grainState"/>; an absent one sets <c>RecordExists</c> to false and the ETag to null.</summary>
    Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Writes a record if its ETag is still the stored one, and sets the new ETag.</summary>
    /// <exception cref="InconsistentStateException">The ETag is not the stored one.</exception>
    Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

    /// <summary>Clears a record if its ETag is still the stored one.</summary>
    /// <exception cref="InconsistentStateException">The ETag is not the stored one.</exception>
    Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
}
