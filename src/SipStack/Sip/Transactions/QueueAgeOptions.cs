using System.ComponentModel.DataAnnotations;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>When requests are refused because the stack is behind.</summary>
public sealed class QueueAgeOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Sip:Overload";

    /// <summary>How long a request may have waited, default 400 ms: below T1, so that a refusal is there before the retransmission.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan MaxQueueAge { get; set; } = TimeSpan.FromMilliseconds(400);

    /// <summary>The least Retry-After, default 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MinRetryAfter { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The greatest Retry-After, default 10 s. It is drawn at random between the two, so that peers do not come back together.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromSeconds(10);
}
