namespace PosteRestante.SipEdge.Push;

/// <summary>How messages are offered to a user who is back (12.2.2.2).</summary>
public sealed class PushOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Push";

    /// <summary>
    /// What follows the feature tag in Accept-Contact (RFC 3841 5.2). Default <c>;require;explicit</c>: only a client that says it
    /// takes messages is called; empty merely prefers it, so that a telephone may ring.
    /// </summary>
    public string AcceptContactSuffix { get; set; } = ";require;explicit";

    /// <summary>
    /// How long an answer is waited for before the call is cancelled, 422s included; the messages stay, and the lease is renewed
    /// meanwhile. Default 30 seconds: a client that takes messages answers by itself.
    /// </summary>
    public TimeSpan AnswerWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The session interval that is offered (RFC 4028 4). Default 30 minutes; at least 90 seconds.</summary>
    public TimeSpan SessionExpires { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a push that meets a live delivery looks whether that is over. Default 1 second.</summary>
    public TimeSpan BusyPause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it looks before it leaves the messages to the next PUBLISH. Default 10 minutes.</summary>
    public TimeSpan BusyWait { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Pushes at once, from the INVITE to the BYE; the others wait in the order of their PUBLISH. Default 500: with what a session
    /// holds at most (<c>Delivery:PageOctets</c> twice), 1 GiB.
    /// </summary>
    public int MaxConcurrent { get; set; } = 500;

    /// <summary>
    /// Pushes that wait for their turn, or for a live delivery; a PUBLISH beyond that is answered as ever, and its refresh tries
    /// again: the messages stay. Default 10,000.
    /// </summary>
    public int MaxWaiting { get; set; } = 10_000;

    /// <summary>
    /// Pushes that are begun in a second at most, when many users are back at once; spread with some jitter. Default 2,000, which
    /// holds nobody up by more than a quarter of a second.
    /// </summary>
    public int StartsPerSecond { get; set; } = 2000;
}
