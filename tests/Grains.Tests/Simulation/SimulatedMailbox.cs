using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Mailbox.Head;

namespace PosteRestante.Grains.Tests.Simulation;

/// <summary>One activation of a mailbox without a grain runtime: the same parts, composed as the grain composes them.</summary>
internal sealed class SimulatedMailbox : IAlarmClock
{
    private readonly MailboxParts _parts;
    private readonly Housekeeping _housekeeping;
    private readonly Deposits _deposits;

    public SimulatedMailbox(SimulatedWorld world)
    {
        _parts = new MailboxParts(SimulatedWorld.Mailbox, SimulatedWorld.Owner, world.Context, world.Message);
        _housekeeping = new Housekeeping(_parts, this);
        _deposits = new Deposits(_parts, _housekeeping);
        _parts.Writer.Loaded = _housekeeping.OnLoaded;
    }

    /// <summary>Whether the housekeeping asked to be woken.</summary>
    public bool AlarmIsSet { get; private set; }

    public HeadWriter Writer => _parts.Writer;

    public ValueTask<DepositReceipt> DepositAsync(DepositRequest request) => _deposits.DepositAsync(request);

    public ValueTask<DeliveryBegun> BeginAsync(BeginDelivery request) =>
        new Deliveries(_parts, _housekeeping).BeginAsync(request);

    public ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request) =>
        new DeliveryPages(_parts, _housekeeping).NextPageAsync(request);

    public ValueTask<DeliveryConfirmed> ConfirmAsync(ConfirmDelivery request) =>
        new Confirmations(_parts, _housekeeping).ConfirmAsync(request);

    public ValueTask<DeliveryEnded> EndAsync(EndDelivery request) => new Deliveries(_parts, _housekeeping).EndAsync(request);

    public ValueTask<MailboxListing> ListAsync(ListMailbox request) => new Listings(_parts).ListAsync(request);

    public void HintDue(DateTimeOffset now) => _housekeeping.Schedule(now.UtcTicks);

    /// <summary>Rings the alarm if it is set.</summary>
    public async Task RingAsync()
    {
        if (AlarmIsSet)
        {
            AlarmIsSet = false;
            await _housekeeping.OnAlarmAsync();
        }
    }

    public Task<bool> KeepHouseAsync() => _housekeeping.RunAsync(_parts.Now);

    void IAlarmClock.Set(TimeSpan dueTime) => AlarmIsSet = true;
}
