using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>What a step of a delivery found.</summary>
[GenerateSerializer]
[Alias("poste.DeliveryOutcome")]
public enum DeliveryOutcome
{
    /// <summary>No outcome; never returned.</summary>
    None = 0,

    /// <summary>Done; the lease is held with the token.</summary>
    Granted = 1,

    /// <summary>Nothing to deliver; no lease was taken (D2).</summary>
    NothingWaiting = 2,

    /// <summary>Another delivery is live and is not preempted by this one.</summary>
    Busy = 3,

    /// <summary>The token no longer holds the lease: end the session. Acknowledgements were recorded all the same.</summary>
    Superseded = 4,

    /// <summary>The store did not confirm; the step may be repeated.</summary>
    StoreUnavailable = 5,
}
