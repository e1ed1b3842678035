using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Scheduling;

/// <summary>The bounds of an event loop.</summary>
public sealed class LoopOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "EventLoop";

    /// <summary>
    /// How many entries of network input may wait, default 8192: about 100 ms of work at the full rate of one core.
    /// What comes beyond is dropped and counted; a peer retransmits after 500 ms (RFC 3261 T1). As many again may be
    /// in the batch that runs.
    /// </summary>
    [Range(1, 1_000_000)]
    public int MaxPendingInput { get; set; } = 8192;

    /// <summary>The tick of the timer wheel, default 10 ms: fine against T1 = 500 ms, and at most 100 wake-ups a second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:01")]
    public TimeSpan TimerResolution { get; set; } = TimeSpan.FromMilliseconds(10);
}
