using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>
/// Repeats a 2xx to INVITE until its ACK comes: from T1, doubling to T2, at most for 64*T1, over every transport
/// (RFC 3261 13.3.1.4).
/// </summary>
internal sealed class SuccessRetransmission
{
    private readonly SipServerTransaction _transaction;
    private readonly SipTimers _timers;
    private readonly EventLoop _loop;
    private readonly Action _giveUp;
    private readonly LoopTimer _timer;
    private readonly TimeSpan _endAt;
    private TimeSpan _interval;

    public SuccessRetransmission(SipServerTransaction transaction, SipTimers timers, EventLoop loop, Action giveUp)
    {
        _transaction = transaction;
        _timers = timers;
        _loop = loop;
        _giveUp = giveUp;
        _interval = timers.T1;
        _endAt = loop.Uptime + timers.Timeout;
        _timer = loop.Schedule(_interval, static state => ((SuccessRetransmission)state!).OnTimer(), this);
    }

    /// <summary>The CSeq number that the ACK must bear.</summary>
    public uint CSeq => _transaction.Request.CSeq.Number;

    public void Stop() => _timer.Stop();

    private void OnTimer()
    {
        var left = _endAt - _loop.Uptime;
        if (left <= TimeSpan.Zero)
        {
            _giveUp();
            return;
        }

        _transaction.ResendSuccess();
        var doubled = 2 * _interval;
        _interval = doubled < _timers.T2 ? doubled : _timers.T2;
        _timer.Start(_interval < left ? _interval : left);
    }
}
