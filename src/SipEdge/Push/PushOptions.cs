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

    /// <summary>Pushes at once; a PUBLISH beyond it is answered as ever, and its refresh tries again. Default 10,000.</summary>
    public int MaxSessions { get; set; } = 10_000;
}
