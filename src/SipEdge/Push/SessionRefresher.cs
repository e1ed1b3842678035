using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Dialogs;

namespace PosteRestante.SipEdge.Push;

/// <summary>
/// The session timer of a push, with us as the refresher (RFC 4028 7, 10): a re-INVITE after half of the interval, and BYE when none
/// is accepted before it ends. On the loop.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="dialog">The session.</param>
/// <param name="refresh">Starts a refresh with an interval, and the least that a 422 demanded (0 for none), in seconds.</param>
internal sealed class SessionRefresher(EventLoop loop, SipDialog dialog, Func<long, long, SipRequestBuilder> refresh) : IDisposable
{
    // RFC 4028 4 allows nothing below 90 s; a peer that names less is followed, but not into a flood.
    private const long LeastInterval = 2;

    private static readonly TimeSpan LongestReserve = TimeSpan.FromSeconds(32);

    private LoopTimer? _timer;
    private DateTimeOffset _endsAt;
    private long _interval;
    private long _least;
    private bool _isOver;

    /// <summary>Starts the timer as a 2xx says; without Session-Expires in it there is none (RFC 4028 7.2).</summary>
    public void Start(SipMessage accepted)
    {
        if (accepted.GetDelta(SipHeaderName.SessionExpires, out var expires) != SipFieldState.Valid
            || expires.Parameters.Get("refresher"u8).IsIgnoreCase("uas"u8)
            || _isOver)
        {
            _timer?.Stop();
            return;
        }

        _interval = Math.Max(expires.Seconds, LeastInterval);
        _endsAt = loop.Now + TimeSpan.FromSeconds(_interval);
        _timer ??= loop.CreateTimer(static state => _ = ((SessionRefresher)state!).RefreshAsync(), this);
        _timer.Start(TimeSpan.FromSeconds(_interval) / 2);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _timer?.Stop();
    }

    private async Task RefreshAsync()
    {
        if (_isOver || dialog.State != SipDialogState.Confirmed)
        {
            return;
        }

        var result = await dialog.ReInviteAsync(refresh(_interval, _least));
        if (_isOver)
        {
            return;
        }

        if (result.IsSuccess)
        {
            Start(result.Response);
            return;
        }

        if (result.Response?.StatusCode == 422
            && result.Response.GetDelta(SipHeaderName.MinSe, out var minSe) == SipFieldState.Valid
            && minSe.Seconds > _interval)
        {
            (_interval, _least) = (minSe.Seconds, minSe.Seconds);
        }

        // RFC 4028 10: in time before the peer ends it by itself.
        var left = _endsAt - loop.Now;
        var reserve = TimeSpan.FromSeconds(_interval) / 3;
        if (left > (reserve < LongestReserve ? reserve : LongestReserve))
        {
            _timer!.Start(left / 2);
        }
        else
        {
            _ = await dialog.ByeAsync("SIP;cause=408;text=\"the session was not refreshed\"");
        }
    }
}
