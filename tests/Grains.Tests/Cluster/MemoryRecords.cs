using System.Collections.Concurrent;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Tests.Cluster;

/// <summary>Grain storage in memory that outlives the silo: records are kept as the octets they are written as.</summary>
public sealed class MemoryRecords
{
    private readonly ConcurrentDictionary<string, (byte[] Octets, string Etag)> _records = new();
    private int _etags;
    private int _writes;

    public int Writes => Volatile.Read(ref _writes);

    public int Count(string record) => _records.Keys.Count(name => name.StartsWith(record, StringComparison.Ordinal));

    public IGrainStorage Open(RecordSerializer serializer) => new Provider(this, serializer);

    private sealed class Provider(MemoryRecords store, RecordSerializer serializer) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var found = store._records.TryGetValue($"{stateName} {grainId}", out var record);
            grainState.RecordExists = found;
            grainState.ETag = found ? record.Etag : null;
            grainState.State = found ? serializer.FromOctets<T>(record.Octets) : default;
            return Task.CompletedTask;
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var name = $"{stateName} {grainId}";
            var next = (serializer.ToOctets(grainState.State!), $"{Interlocked.Increment(ref store._etags)}");
            var written = grainState.ETag is null
                ? store._records.TryAdd(name, next)
                : store._records.TryGetValue(name, out var current)
                    && current.Etag == grainState.ETag
                    && store._records.TryUpdate(name, next, current);
            if (!written)
            {
                throw new InconsistentStateException("Another write was first.");
            }

            Interlocked.Increment(ref store._writes);
            (grainState.ETag, grainState.RecordExists) = (next.Item2, true);
            return Task.CompletedTask;
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            throw new NotSupportedException("Records are never cleared.");
    }
}
