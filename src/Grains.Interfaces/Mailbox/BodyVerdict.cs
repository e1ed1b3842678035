using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>What a mailbox says about a body in the body store.</summary>
[GenerateSerializer]
[Alias("poste.BodyVerdict")]
public enum BodyVerdict
{
    /// <summary>No verdict: the store did not answer. Ask again later.</summary>
    None = 0,

    /// <summary>A living message refers to it.</summary>
    Kept = 1,

    /// <summary>
    /// Its message has ended, has another body, or was never stored. Of a body that was stored a moment ago this says nothing
    /// yet: its message may be on the way.
    /// </summary>
    Unwanted = 2,
}
