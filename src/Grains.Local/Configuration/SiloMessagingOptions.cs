namespace Orleans.Configuration;

/// <summary>How calls are carried.</summary>
public class SiloMessagingOptions
{
    /// <summary>How long a caller waits for a result. Default 30 seconds, within the 32 s (64 T1) of a SIP transaction.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
