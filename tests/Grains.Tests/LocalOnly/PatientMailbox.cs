using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.Grains.Tests.LocalOnly;

/// <summary>A mailbox that is asked again until it says what became of a request, as an edge does.</summary>
internal sealed class PatientMailbox(SimulatedSilo silo) : IUserMailbox
{
    public ValueTask<DepositReceipt> DepositAsync(DepositRequest request) => AskAsync(
        mailbox => mailbox.DepositAsync(request), answer => answer.Outcome == DepositOutcome.StoreUnavailable);

    public ValueTask<DeliveryBegun> BeginDeliveryAsync(BeginDelivery request) => AskAsync(
        mailbox => mailbox.BeginDeliveryAsync(request), answer => answer.Outcome == DeliveryOutcome.StoreUnavailable);

    public ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request) => AskAsync(
        mailbox => mailbox.NextPageAsync(request), answer => answer.Outcome == DeliveryOutcome.StoreUnavailable);

    public ValueTask<DeliveryConfirmed> ConfirmDeliveryAsync(ConfirmDelivery request) => AskAsync(
        mailbox => mailbox.ConfirmDeliveryAsync(request), answer => answer.Outcome == DeliveryOutcome.StoreUnavailable);

    public ValueTask<DeliveryEnded> EndDeliveryAsync(EndDelivery request) => AskAsync(
        mailbox => mailbox.EndDeliveryAsync(request), answer => answer.Outcome == DeliveryOutcome.StoreUnavailable);

    public ValueTask<MailboxListing> ListAsync(ListMailbox request) => AskAsync(
        mailbox => mailbox.ListAsync(request), answer => answer.Outcome == DeliveryOutcome.StoreUnavailable);

    public ValueTask<MailboxRoom> RoomAsync() => AskAsync(
        mailbox => mailbox.RoomAsync(), answer => answer.Outcome == DeliveryOutcome.StoreUnavailable);

    public ValueTask EndSessionAsync(SessionEnd request) => silo.Mailbox().EndSessionAsync(request);

    public ValueTask<BodyVerdict> KeepsBodyAsync(KeepsBody request) => AskAsync(
        mailbox => mailbox.KeepsBodyAsync(request), answer => answer == BodyVerdict.None);

    public ValueTask HintDueAsync(DateTimeOffset now) => silo.Mailbox().HintDueAsync(now);

    private async ValueTask<T> AskAsync<T>(Func<IUserMailbox, ValueTask<T>> ask, Func<T, bool> unavailable)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            try
            {
                var answer = await ask(silo.Mailbox());
                if (!unavailable(answer))
                {
                    return answer;
                }
            }
            catch (Exception failure) when (failure is TimeoutException or OrleansException)
            {
                // The disorder goes on; the next attempt resolves what this one did.
            }
        }

        throw new InvalidOperationException("The mailbox never answered.");
    }
}
