namespace Orleans.Configuration;

/// <summary>When idle activations are let go.</summary>
public class GrainCollectionOptions
{
    /// <summary>How often the idle are looked for. Default one minute: coarse, as age is counted in minutes.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long an activation may be idle. Default 15 minutes: a mailbox in use stays in memory.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);
}
