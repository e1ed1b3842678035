using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A mailbox with <see cref="Trouble"/> in front of it.</summary>
internal sealed class TroubledMailbox(IUserMailbox mailbox, Trouble trouble) : IUserMailbox
{
    public ValueTask<DepositReceipt> DepositAsync(DepositRequest request) => mailbox.DepositAsync(request);

    public ValueTask<DeliveryBegun> BeginDeliveryAsync(BeginDelivery request) =>
        trouble.Begin?.Invoke(request) is { } answer ? ValueTask.FromResult(answer) : mailbox.BeginDeliveryAsync(request);

    public ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request) =>
        trouble.NextPage?.Invoke(request) is { } answer ? ValueTask.FromResult(answer) : mailbox.NextPageAsync(request);

    public ValueTask<DeliveryConfirmed> ConfirmDeliveryAsync(ConfirmDelivery request) =>
        trouble.Confirm?.Invoke(request) is { } answer ? ValueTask.FromResult(answer) : mailbox.ConfirmDeliveryAsync(request);

    public ValueTask<DeliveryEnded> EndDeliveryAsync(EndDelivery request) => mailbox.EndDeliveryAsync(request);

    public ValueTask<MailboxListing> ListAsync(ListMailbox request) => mailbox.ListAsync(request);

    public ValueTask<MailboxRoom> RoomAsync() => mailbox.RoomAsync();

    public ValueTask EndSessionAsync(SessionEnd request) => mailbox.EndSessionAsync(request);

    public ValueTask<BodyVerdict> KeepsBodyAsync(KeepsBody request) => mailbox.KeepsBodyAsync(request);

    public ValueTask HintDueAsync(DateTimeOffset now) => mailbox.HintDueAsync(now);
}
