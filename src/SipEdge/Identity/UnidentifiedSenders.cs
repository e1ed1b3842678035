namespace PosteRestante.SipEdge.Identity;

/// <summary>
/// Whether senders whom nobody vouches for may deposit. Decided by the host once the listeners are known: only while every
/// SIP listener is on a loopback address.
/// </summary>
public sealed class UnidentifiedSenders
{
    /// <summary>Whether they may. Default no.</summary>
    public bool MayDeposit { get; set; }
}
