using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// Renews the lease while there is progress (a message is settled, or the peer acknowledges more octets of a long one), or while
/// the user's answer is awaited, which has a bound of its own. Confirmations renew it too; a session in which nothing moves for
/// a whole period is not kept alive by this. On the loop.
/// </summary>
internal sealed class LeaseRenewal
{
    private readonly DeliveryLease _lease;
    private readonly TimeSpan _every;
    private readonly Func<long> _answered;
    private readonly Action _renewed;
    private readonly Action<Exception> _onDefect;
    private readonly LoopTimer _timer;
    private long _answeredBefore;
    private bool _hasProgress;

    /// <summary>Starts.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="lease">What is renewed.</param>
    /// <param name="every">The period.</param>
    /// <param name="answered">Chunks that the peer has answered: each stands for octets that it has.</param>
    /// <param name="renewed">Called after each attempt: the lease may turn out to be lost.</param>
    /// <param name="onDefect">Called when it failed in a way that a repeat does not mend.</param>
    public LeaseRenewal(EventLoop loop, DeliveryLease lease, TimeSpan every, Func<long> answered, Action renewed, Action<Exception> onDefect)
    {
        _lease = lease;
        _every = every;
        _answered = answered;
        _renewed = renewed;
        _onDefect = onDefect;
        _timer = loop.CreateTimer(static state => ((LeaseRenewal)state!).OnPeriod(), this);
        _timer.Start(every);
    }

    /// <summary>Whether it is renewed without progress.</summary>
    public bool IsUnconditional { get; set; }

    /// <summary>A message was settled.</summary>
    public void Progress() => _hasProgress = true;

    /// <summary>Renews no more.</summary>
    public void Stop() => _timer.Stop();

    private void OnPeriod()
    {
        _timer.Start(_every);
        var answered = _answered();
        if (_hasProgress || IsUnconditional || answered > _answeredBefore)
        {
            _hasProgress = false;
            _answeredBefore = answered;
            _ = RenewAsync();
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            _ = await _lease.ConfirmAsync([]);
        }
#pragma warning disable CA1031 // A defect ends this delivery and no other.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            _onDefect(defect);
            return;
        }

        _renewed();
    }
}
