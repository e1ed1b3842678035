namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>Limits of large messages, which come over MSRP.</summary>
public sealed class LargeDepositOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Deposit:Large";

    /// <summary>
    /// Octets of one message (default 100 MiB), announced as <c>a=max-size</c>; a longer one gets MSRP 413. Not above
    /// <c>Msrp:MaxMessageBytes</c>, whatever stands here.
    /// </summary>
    public long MaxBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>Sessions at once (default 256); one more gets 503. Each may write several bodies, which the body store bounds.</summary>
    public int MaxSessions { get; set; } = 256;

    /// <summary>Sessions at once to one mailbox (default 4), so that one recipient cannot take all; one more gets 480.</summary>
    public int MaxSessionsPerMailbox { get; set; } = 4;

    /// <summary>Messages in one session (default 100); one more gets MSRP 413.</summary>
    public int MaxMessages { get; set; } = 100;

    /// <summary>
    /// How long nothing may come in a session that has no message under way (default 60 s); then it is ended with BYE. A message
    /// that does not move is given up after <c>Msrp:StallTimeout</c>.
    /// </summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);
}
