using PosteRestante.SipEdge.Deposit.Large;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>Rules and limits of storing.</summary>
public sealed class DepositOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Deposit";

    /// <summary>
    /// The lifetime of a message without an <c>Expires</c>, or with one above <see cref="MaxLifetime"/> (DM-12.2.2.3-5b,
    /// A18). Default 7 days; at most <see cref="MaxLifetime"/>.
    /// </summary>
    public TimeSpan DefaultLifetime { get; set; } = TimeSpan.FromDays(7);

    /// <summary>The longest <c>Expires</c> that is taken as it is (A17: equal counts). Default 30 days.</summary>
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// <c>Expires</c> counts from the sender's <c>Date</c> when that is at most this far from the time of receipt, else from
    /// receipt: a clock that is wrong must not kill a message. Default 5 minutes.
    /// </summary>
    public TimeSpan DateTolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The largest body of a MESSAGE, in octets; a larger one gets 413. Default 64 KiB, as <c>Sip:Parser:MaxBodyBytes</c>; larger
    /// messages are for MSRP (<see cref="Large"/>).
    /// </summary>
    public int MaxBodyOctets { get; set; } = 64 * 1024;

    /// <summary>
    /// The largest body that is stored in the record of its message; a larger one goes to the body store, which costs two syncs
    /// more. Default 32 KiB.
    /// </summary>
    public int InlineBodyOctets { get; set; } = 32 * 1024;

    /// <summary>
    /// Whether a sender whom nobody vouches for may deposit. Such messages are marked and never cause reports. Default
    /// null: yes while every SIP listener is on a loopback address, else no. <c>true</c> with any other listener stops the
    /// start.
    /// </summary>
    public bool? AllowUnauthenticated { get; set; }

    /// <summary>
    /// Deposits that may wait for the store at once; above it new ones get 503 with Retry-After. Default 20,000: about
    /// one second's work.
    /// </summary>
    public int MaxPending { get; set; } = 20_000;

    /// <summary>
    /// Octets of the messages that may wait for the store at once; above it new ones get 503 with Retry-After. Default
    /// 64 MiB: 20,000 messages of 3 KB.
    /// </summary>
    public int MaxPendingOctets { get; set; } = 64 * 1024 * 1024;

    /// <summary>The shortest Retry-After of a 503; the longest is twice that, drawn at random. Default 5 seconds.</summary>
    public TimeSpan RetryAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Limits of large messages, which come over MSRP.</summary>
    public LargeDepositOptions Large { get; set; } = new();
}
