namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// Why a delivery ended before all was handed over. It stands as Reason (RFC 3326) in our BYE, so that the client does not
/// take what it got for all there is.
/// </summary>
internal sealed record DeliveryCut(int Cause, string Text)
{
    /// <summary>The mailbox did not answer, or something failed.</summary>
    public static DeliveryCut Unavailable { get; } = new(503, "the rest cannot be read now and is still waiting");

    /// <summary>The MSRP session ended before all was acknowledged.</summary>
    public static DeliveryCut Lost { get; } = new(480, "the MSRP session ended early; the rest is still waiting");

    /// <summary>The owner asked anew.</summary>
    public static DeliveryCut Superseded { get; } = new(487, "another retrieval took over");

    /// <summary>The header value.</summary>
    public override string ToString() => $"SIP;cause={Cause};text=\"{Text}\"";
}
