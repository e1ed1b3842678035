using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>How the identity of a message's sender is known.</summary>
[GenerateSerializer]
[Alias("poste.SenderIdentity")]
public enum SenderIdentity
{
    /// <summary>It is only claimed.</summary>
    Unverified = 0,

    /// <summary>The sender proved it by digest (RFC 3261 22).</summary>
    Authenticated = 1,

    /// <summary>A trusted peer asserted it (RFC 3325).</summary>
    Asserted = 2,
}
