using System.Collections.Immutable;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// The edge's hold on a delivery: the steps of <see cref="IUserMailbox"/> under one token, each repeated a few times while
/// the store does not confirm. Every step may be repeated without harm.
/// </summary>
internal sealed class DeliveryLease(EventLoop loop, IUserMailbox mailbox, long token, DeliveryOptions options)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The fencing token.</summary>
    public long Token => token;

    /// <summary>Whether another delivery holds the lease now.</summary>
    public bool IsSuperseded { get; set; }

    private long _after;

    /// <summary>The next messages; null when the delivery cannot go on.</summary>
    public async Task<DeliveryPage?> NextPageAsync(long afterSequence)
    {
        var request = new NextDeliveryPage
        {
            Token = token,
            AfterSequence = afterSequence,
            MaxMessages = options.PageMessages,
            MaxOctets = options.PageOctets,
        };
        var page = await RepeatAsync(mailbox.NextPageAsync, request, static page => page.Outcome);
        _after = page?.Outcome == DeliveryOutcome.Granted ? page.NextAfterSequence : _after;
        return page?.Outcome == DeliveryOutcome.Granted ? page : null;
    }

    /// <summary>Records outcomes, or only renews the lease.</summary>
    /// <returns>Whether they are recorded.</returns>
    public async Task<bool> ConfirmAsync(ImmutableArray<MessageOutcome> outcomes)
    {
        var request = new ConfirmDelivery { Token = token, Outcomes = outcomes };
        return await RepeatAsync(mailbox.ConfirmDeliveryAsync, request, static confirmed => confirmed.Outcome) is not null;
    }

    /// <summary>Gives the lease back; when that fails, and the result is null, it runs out by itself.</summary>
    public async Task<DeliveryEnded?> EndAsync()
    {
        var request = new EndDelivery { Token = token, AfterSequence = _after };
        return await RepeatAsync(mailbox.EndDeliveryAsync, request, static ended => ended.Outcome);
    }

    // Null when the store confirmed nothing to the last.
    private async Task<TResult?> RepeatAsync<TRequest, TResult>(
        Func<TRequest, ValueTask<TResult>> step,
        TRequest request,
        Func<TResult, DeliveryOutcome> outcomeOf)
        where TResult : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var result = await TryAsync(step, request);
            var outcome = result is null ? DeliveryOutcome.StoreUnavailable : outcomeOf(result);
            if (outcome != DeliveryOutcome.StoreUnavailable)
            {
                IsSuperseded |= outcome == DeliveryOutcome.Superseded;
                return result;
            }

            if (attempt >= options.StoreRetries)
            {
                return null;
            }

            await Task.Delay(FirstPause * (1 << attempt), loop.Time);
        }
    }

    // A call that timed out may have been carried out: it is repeated like one that was not.
    private static async Task<TResult?> TryAsync<TRequest, TResult>(Func<TRequest, ValueTask<TResult>> step, TRequest request)
        where TResult : class
    {
        try
        {
            return await step(request);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return null;
        }
    }
}
