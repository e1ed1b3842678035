using Orleans;
using Orleans.Concurrency;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>
/// A mailbox. Reentrant: requests wait for the store side by side, and every change is judged by the one
/// <see cref="Head.HeadWriter"/>. No field of the head is kept over an await.
/// </summary>
[Reentrant]
public sealed class UserMailbox : Grain, IUserMailbox, IAlarmClock
{
    private readonly MailboxParts _parts;
    private readonly Housekeeping _housekeeping;
    private readonly Deposits _deposits;
    private IGrainTimer? _alarm;

    /// <summary>Makes the activation of a mailbox.</summary>
    public UserMailbox(MailboxServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _parts = new MailboxParts(
            this.GetPrimaryKeyString(), this.GetGrainId(), services.Context, key => GrainFactory.GetGrain<IDeferredMessage>(key));
        _housekeeping = new Housekeeping(_parts, this);
        _parts.Writer.Loaded = _housekeeping.OnLoaded;
        _deposits = new Deposits(_parts, _housekeeping);
    }

    /// <inheritdoc/>
    public ValueTask<DepositReceipt> DepositAsync(DepositRequest request) => _deposits.DepositAsync(request);

    /// <inheritdoc/>
    public ValueTask<DeliveryBegun> BeginDeliveryAsync(BeginDelivery request) =>
        new Deliveries(_parts, _housekeeping).BeginAsync(request);

    /// <inheritdoc/>
    public ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request) =>
        new DeliveryPages(_parts, _housekeeping).NextPageAsync(request);

    /// <inheritdoc/>
    public ValueTask<DeliveryConfirmed> ConfirmDeliveryAsync(ConfirmDelivery request) =>
        new Confirmations(_parts, _housekeeping).ConfirmAsync(request);

    /// <inheritdoc/>
    public ValueTask<DeliveryEnded> EndDeliveryAsync(EndDelivery request) =>
        new Deliveries(_parts, _housekeeping).EndAsync(request);

    /// <inheritdoc/>
    public ValueTask<MailboxListing> ListAsync(ListMailbox request) => new Listings(_parts).ListAsync(request);

    /// <inheritdoc/>
    public ValueTask<MailboxRoom> RoomAsync() => new LargeBodies(_parts, _housekeeping).RoomAsync();

    /// <inheritdoc/>
    public ValueTask EndSessionAsync(SessionEnd request) => new LargeBodies(_parts, _housekeeping).EndSessionAsync(request);

    /// <inheritdoc/>
    public ValueTask<BodyVerdict> KeepsBodyAsync(KeepsBody request) => new LargeBodies(_parts, _housekeeping).JudgeAsync(request);

    /// <inheritdoc/>
    public ValueTask HintDueAsync(DateTimeOffset now)
    {
        _housekeeping.Schedule(now.UtcTicks);
        return default;
    }

    /// <inheritdoc/>
    void IAlarmClock.Set(TimeSpan dueTime)
    {
        if (_alarm is not null)
        {
            _alarm.Change(dueTime, Timeout.InfiniteTimeSpan);
            return;
        }

        _alarm = this.RegisterGrainTimer(
            static (housekeeping, _) => housekeeping.OnAlarmAsync(),
            _housekeeping,
            new GrainTimerCreationOptions { DueTime = dueTime, Period = Timeout.InfiniteTimeSpan, Interleave = true });
    }
}
