using System.Collections.Immutable;
using System.Threading.Channels;
using PosteRestante.Grains.Interfaces.Mailbox;

namespace PosteRestante.SipEdge.Tests.Scripted;

/// <summary>A mailbox that answers what a test wants; it is called on the edge's loop and read by the test.</summary>
internal sealed class ScriptedMailbox : IUserMailbox
{
    public const long Token = 7;

    private readonly Channel<DepositRequest> _deposits = Channel.CreateUnbounded<DepositRequest>();
    private readonly Channel<ConfirmDelivery> _confirmations = Channel.CreateUnbounded<ConfirmDelivery>();
    private readonly Channel<EndDelivery> _ends = Channel.CreateUnbounded<EndDelivery>();

    /// <summary>The answer to a deposit.</summary>
    public Func<DepositRequest, ValueTask<DepositReceipt>> Deposit { get; set; } = _ => Receipt(DepositOutcome.Stored);

    /// <summary>The messages that wait; all of them are one page.</summary>
    public ImmutableArray<WaitingMessage> Waiting { get; set; } = [];

    /// <summary>The answer to a confirmation.</summary>
    public Func<ConfirmDelivery, DeliveryOutcome> Confirm { get; set; } = _ => DeliveryOutcome.Granted;

    /// <summary>How long a lease lasts.</summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>What was asked to be stored.</summary>
    public ChannelReader<DepositRequest> Deposits => _deposits.Reader;

    /// <summary>Every confirmation that was asked for.</summary>
    public ChannelReader<ConfirmDelivery> Confirmations => _confirmations.Reader;

    /// <summary>Every end of a delivery.</summary>
    public ChannelReader<EndDelivery> Ends => _ends.Reader;

    public static ValueTask<DepositReceipt> Receipt(DepositOutcome outcome) => new(new DepositReceipt { Outcome = outcome });

    public ValueTask<DepositReceipt> DepositAsync(DepositRequest request)
    {
        _deposits.Writer.TryWrite(request);
        return Deposit(request);
    }

    public ValueTask<DeliveryBegun> BeginDeliveryAsync(BeginDelivery request) => new(new DeliveryBegun
    {
        Outcome = Waiting.IsEmpty ? DeliveryOutcome.NothingWaiting : DeliveryOutcome.Granted,
        Token = Token,
        Count = Waiting.Length,
        LeaseEndsAt = TimeProvider.System.GetUtcNow() + LeaseTime,
    });

    public ValueTask<DeliveryPage> NextPageAsync(NextDeliveryPage request) => new(new DeliveryPage
    {
        Outcome = DeliveryOutcome.Granted,
        Messages = Waiting,
        NextAfterSequence = Waiting.Length,
        IsLast = true,
    });

    public ValueTask<DeliveryConfirmed> ConfirmDeliveryAsync(ConfirmDelivery request)
    {
        _confirmations.Writer.TryWrite(request);
        return new(new DeliveryConfirmed { Outcome = Confirm(request) });
    }

    public ValueTask<DeliveryEnded> EndDeliveryAsync(EndDelivery request)
    {
        _ends.Writer.TryWrite(request);
        return new(new DeliveryEnded { Outcome = DeliveryOutcome.Granted });
    }

    public ValueTask<MailboxListing> ListAsync(ListMailbox request) => throw new NotSupportedException();

    public ValueTask<MailboxRoom> RoomAsync() =>
        new(new MailboxRoom { Outcome = DeliveryOutcome.Granted, Messages = int.MaxValue, Octets = long.MaxValue });

    public ValueTask EndSessionAsync(SessionEnd request) => ValueTask.CompletedTask;

    public ValueTask<BodyVerdict> KeepsBodyAsync(KeepsBody request) => throw new NotSupportedException();

    public ValueTask HintDueAsync(DateTimeOffset now) => ValueTask.CompletedTask;
}
