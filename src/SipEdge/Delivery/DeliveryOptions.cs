namespace PosteRestante.SipEdge.Delivery;

/// <summary>How messages are handed over, asked for or pushed (12.2.2.5).</summary>
public sealed class DeliveryOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Delivery";

    /// <summary>Messages that are read from the mailbox at a time. Default 64: a page fills the window once.</summary>
    public int PageMessages { get; set; } = 64;

    /// <summary>Octets of content that are read at a time. Default 1 MiB, so that a session holds at most twice that.</summary>
    public int PageOctets { get; set; } = 1024 * 1024;

    /// <summary>
    /// Outcomes that go into one confirmation at most; while one is under way the next ones gather. Default 64.
    /// </summary>
    public int ConfirmMessages { get; set; } = 64;

    /// <summary>
    /// How long REPORTs are waited for after the last 200 before BYE; a missing one changes nothing (DM-12.2.2.5-3).
    /// Default 2 seconds.
    /// </summary>
    public TimeSpan ReportWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long success REPORTs are waited for when they have to come through relays, where only they confirm (D12).
    /// Default 30 seconds, as long as an MSRP transaction (RFC 4975 7.1.1).
    /// </summary>
    public TimeSpan RelayReportWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often a step that the store did not confirm is repeated before the session is given up; what was not confirmed
    /// is offered again. Default 5, with 100 ms doubling between them.
    /// </summary>
    public int StoreRetries { get; set; } = 5;

    /// <summary>
    /// Addresses or networks that may be connected to when a client's SDP says <c>setup:passive</c>, besides the address its
    /// SIP came from. Default: none.
    /// </summary>
    public IList<string> ConnectTo { get; init; } = [];
}
