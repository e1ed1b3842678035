using Orleans;

namespace PosteRestante.Grains.Local.Tests.Simulation;

/// <summary>Counts in a store with versions, as a mailbox does.</summary>
public interface ILedger : IGrainWithStringKey
{
    /// <summary>Adds an entry, once per id, however often it is asked to.</summary>
    ValueTask<bool> AddAsync(string id);

    ValueTask<int> RunsAsync();
}
