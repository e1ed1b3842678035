using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>The ways a read can end.</summary>
[GenerateSerializer]
[Alias("poste.ReadOutcome")]
public enum ReadOutcome
{
    /// <summary>No outcome; never returned.</summary>
    None = 0,

    /// <summary>Here it is.</summary>
    Found = 1,

    /// <summary>It has been delivered, deleted or has expired; only its tombstone is left.</summary>
    Tombstoned = 2,

    /// <summary>There is no record under this key. For a committed entry that is an alarm.</summary>
    Missing = 3,

    /// <summary>The store did not answer.</summary>
    StoreUnavailable = 4,
}
