using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>How a message ended; each ends once.</summary>
[GenerateSerializer]
[Alias("poste.TerminalOutcome")]
public enum TerminalOutcome
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>A delivery was confirmed.</summary>
    Delivered = 1,

    /// <summary>Its owner deleted it.</summary>
    Deleted = 2,

    /// <summary>It expired.</summary>
    Expired = 3,

    /// <summary>It was stored but its deposit was refused.</summary>
    Refused = 4,
}
