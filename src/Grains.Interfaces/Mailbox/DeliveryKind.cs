using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>Who started a delivery.</summary>
[GenerateSerializer]
[Alias("poste.DeliveryKind")]
public enum DeliveryKind
{
    /// <summary>The owner asks for messages (DM-12.1.1); preempts a running delivery.</summary>
    Pull = 0,

    /// <summary>The service offers messages (DM-12.2.2.2); waits for the end of a live delivery.</summary>
    Push = 1,
}
