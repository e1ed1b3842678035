using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>The ways a store can end.</summary>
[GenerateSerializer]
[Alias("poste.StoreOutcome")]
public enum StoreOutcome
{
    /// <summary>No outcome; never returned.</summary>
    None = 0,

    /// <summary>Written now, durably.</summary>
    Created = 1,

    /// <summary>A live record was there already.</summary>
    Exists = 2,

    /// <summary>A tombstone is there: the message has been handled.</summary>
    Tombstoned = 3,

    /// <summary>The store did not confirm.</summary>
    StoreUnavailable = 4,
}
