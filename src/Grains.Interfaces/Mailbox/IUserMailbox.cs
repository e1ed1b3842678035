using Orleans;
using Orleans.Concurrency;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>
/// One served user's mailbox; the grain key is a <see cref="MailboxKey"/>. It decides everything about its messages,
/// and its head record is the only commit point: what an answer says has been written before the answer leaves.
/// Expected outcomes are results, never exceptions.
/// </summary>
[Alias("poste.IUserMailbox")]
public interface IUserMailbox : IGrainWithStringKey
{
    /// <summary>
    /// Stores a message for the user (DM-12.2.2.3-1, -3, -4, -5). Idempotent by <see cref="DepositRequest.DedupeKey"/>:
    /// a repeat stores nothing new and has the outcome <see cref="DepositOutcome.AlreadyStored"/> or
    /// <see cref="DepositOutcome.AlreadyHandled"/>, across restarts and activations.
    /// </summary>
    [Alias("Deposit")]
    ValueTask<DepositReceipt> DepositAsync(DepositRequest request);

    /// <summary>
    /// Takes the delivery lease and the snapshot of what is delivered (DM-12.2.1.1.2-3a). The owner's pull preempts
    /// whoever holds the lease; a push waits for the end of a live one.
    /// </summary>
    [Alias("BeginDelivery")]
    ValueTask<DeliveryBegun> BeginDeliveryAsync(BeginDelivery request);

    /// <summary>
    /// The next messages of a delivery with their content, in commit order, oldest first, or in the order of its list. Has no
    /// effect of its own, so a repeat after a lost reply is harmless.
    /// </summary>
    [Alias("NextPage")]
    ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request);

    /// <summary>
    /// Records what became of messages that were sent (D11, D12). An acknowledgement of a live entry is accepted with any
    /// token, late ones too; it also renews the lease if the token still holds it. With no outcomes it only renews.
    /// </summary>
    [Alias("ConfirmDelivery")]
    ValueTask<DeliveryConfirmed> ConfirmDeliveryAsync(ConfirmDelivery request);

    /// <summary>
    /// Gives the lease back and says, in the turn that frees it, whether something is waiting that this delivery did not
    /// bring, so that no wake-up is lost.
    /// </summary>
    [Alias("EndDelivery")]
    ValueTask<DeliveryEnded> EndDeliveryAsync(EndDelivery request);

    /// <summary>A page of the index, oldest first, without bodies. Deleted and expired messages are not in it.</summary>
    [Alias("List")]
    ValueTask<MailboxListing> ListAsync(ListMailbox request);

    /// <summary>
    /// What may still be stored, as of now: a large message is refused before it is sent (DM-12.2.2.3-4). Promises nothing; the
    /// deposit decides.
    /// </summary>
    [Alias("Room")]
    ValueTask<MailboxRoom> RoomAsync();

    /// <summary>Adds the BYE of a session to the messages that it brought, as far as they live. Idempotent.</summary>
    [Alias("EndSession")]
    ValueTask EndSessionAsync(SessionEnd request);

    /// <summary>Whether a body in the body store is still wanted.</summary>
    [Alias("KeepsBody")]
    ValueTask<BodyVerdict> KeepsBodyAsync(KeepsBody request);

    /// <summary>
    /// Ends the messages that are due at <paramref name="now"/> and not pinned by a lease (DM-12.2.2.4-3). A hint: expiry
    /// is judged at read time too, so a lost hint loses nothing.
    /// </summary>
    [OneWay]
    [Alias("HintDue")]
    ValueTask HintDueAsync(DateTimeOffset now);
}
