using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>The timer values of RFC 3261 Table 4, and the bounds this stack adds so that no transaction lives for ever.</summary>
public sealed class SipTimers
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip:Timers";

    /// <summary>T1, the estimate of the round-trip time, default 500 ms (RFC 3261 17.1.1.1).</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan T1 { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>T2, the longest interval between retransmissions of non-INVITE requests and INVITE responses, default 4 s (17.1.2.2).</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan T2 { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>T4, the longest time a message stays in the network, default 5 s (17.1.2.2).</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan T4 { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Timer D, the wait for retransmitted responses to INVITE over UDP, default 32 s, the least that 17.1.1.2 allows.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:05:00")]
    public TimeSpan D { get; set; } = TimeSpan.FromSeconds(32);

    /// <summary>How long an INVITE waits for its user before 100 Trying is sent, default 200 ms (17.2.1).</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:00:00.200")]
    public TimeSpan TryingDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// How long an INVITE client transaction waits in Proceeding after its last provisional response, default 180 s:
    /// the value of a proxy's timer C (16.6 step 11), since 17.1.1 sets no bound at all.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan C { get; set; } = TimeSpan.FromSeconds(180);

    /// <summary>
    /// How long an INVITE server transaction waits in Proceeding for its user's final response, default 300 s: longer
    /// than the 180 s of timer C, so that the peer gives up first.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan ServerInviteLimit { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>64*T1, the life of timers B, F, H, J, L and M.</summary>
    public TimeSpan Timeout => 64 * T1;

    /// <summary>
    /// The time in which a client's timer E grows to T2 (3.5 s by default): until then no 100 to a non-INVITE request
    /// over UDP, from then on one is due (RFC 4320 4.1).
    /// </summary>
    public TimeSpan NonInviteTryingDelay
    {
        get
        {
            var sum = TimeSpan.Zero;
            for (var interval = T1; interval < T2; interval *= 2)
            {
                sum += interval;
            }

            return sum;
        }
    }
}
