using System.Collections.Immutable;
using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Messages;

/// <summary>
/// A message: the virtual SIP UA of 12.2. It is awake only while it is asked something, or shortly before it expires; its
/// record is all it knows.
/// </summary>
public sealed class DeferredMessage : Grain, IDeferredMessage
{
    private readonly MessageContext _context;
    private readonly MessageStore _store;
    private IGrainTimer? _expiry;

    /// <summary>Makes the activation of a message.</summary>
    public DeferredMessage(MessageServices services)
    {
        ArgumentNullException.ThrowIfNull(services);
        _context = services.Context;
        _store = new MessageStore(_context.Records, this.GetGrainId());
    }

    /// <inheritdoc/>
    public async ValueTask<StoreReceipt> StoreAsync(StoreMessage request)
    {
        var record = new MessageRecord { KeyId = _context.KeyId, Mailbox = request.Mailbox, Content = request.Content };
        var receipt = await _store.CreateAsync(record);
        Rest(receipt.Outcome == StoreOutcome.Created ? request.Content.ExpiresAt : DateTimeOffset.MaxValue, request.Mailbox);
        return receipt;
    }

    /// <inheritdoc/>
    public async ValueTask<ReadReceipt> ReadAsync()
    {
        var (receipt, mailbox) = await _store.ReadAsync();
        Rest(receipt.Outcome == ReadOutcome.Found ? receipt.Content.ExpiresAt : DateTimeOffset.MaxValue, mailbox);
        return receipt;
    }

    /// <inheritdoc/>
    public async ValueTask EndSessionAsync(ImmutableArray<byte> bye)
    {
        await _store.EndSessionAsync(bye);
        if (_expiry is null)
        {
            DeactivateOnIdle();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<TombstoneReceipt> TombstoneAsync(Tombstone request)
    {
        var receipt = await _store.EndAsync(request, _context.KeyId);
        _expiry?.Dispose();
        _expiry = null;
        DeactivateOnIdle();
        return receipt;
    }

    /// <summary>Goes to sleep, unless it is to wake its mailbox soon.</summary>
    private void Rest(DateTimeOffset expiresAt, string mailbox)
    {
        if (_expiry is not null)
        {
            return;
        }

        var left = expiresAt - _context.Clock.GetUtcNow();
        if (left > _context.TimerHorizon)
        {
            DeactivateOnIdle();
            return;
        }

        _expiry = this.RegisterGrainTimer(
            static (state, _) => state.Message.HintAsync(state.Mailbox, state.ExpiresAt),
            (Message: this, Mailbox: mailbox, ExpiresAt: expiresAt),
            new GrainTimerCreationOptions
            {
                DueTime = left > TimeSpan.Zero ? left : TimeSpan.Zero,
                Period = Timeout.InfiniteTimeSpan,
            });
    }

    private async Task HintAsync(string mailbox, DateTimeOffset expiresAt)
    {
        var now = _context.Clock.GetUtcNow();
        await GrainFactory.GetGrain<IUserMailbox>(mailbox).HintDueAsync(now > expiresAt ? now : expiresAt);
        DeactivateOnIdle();
    }
}
