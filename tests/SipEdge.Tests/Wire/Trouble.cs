using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>
/// What goes wrong between the edge and the mailboxes. Each step may throw, or answer instead of the mailbox; null lets the
/// mailbox answer.
/// </summary>
public sealed class Trouble
{
    /// <summary>Before a delivery begins.</summary>
    public Func<BeginDelivery, DeliveryBegun?>? Begin { get; set; }

    /// <summary>Before a page is read.</summary>
    public Func<NextDeliveryPage, DeliveryPage?>? NextPage { get; set; }

    /// <summary>Before outcomes are recorded.</summary>
    public Func<ConfirmDelivery, DeliveryConfirmed?>? Confirm { get; set; }

    /// <summary>All is well again.</summary>
    public void Clear() => (Begin, NextPage, Confirm) = (null, null, null);
}
