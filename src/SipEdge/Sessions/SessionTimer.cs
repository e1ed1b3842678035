using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Dialogs;

namespace PosteRestante.SipEdge.Sessions;

/// <summary>
/// The session timer of one dialog (RFC 4028 10). When refreshes are ours: a re-INVITE after half of the interval. Either way BYE
/// when no refresh got through shortly before the interval ends. On the loop.
/// </summary>
/// <param name="loop">The loop.</param>
/// <param name="dialog">The session.</param>
/// <param name="refresh">Starts a refresh with an interval, and the least that a 422 demanded (0 for none), in seconds.</param>
internal sealed class SessionTimer(EventLoop loop, SipDialog dialog, Func<long, long, SipRequestBuilder> refresh) : IDisposable
{
    private static readonly TimeSpan LongestReserve = TimeSpan.FromSeconds(32);

    private LoopTimer? _timer;
    private SessionTerms _terms;
    private DateTimeOffset _endsAt;
    private long _least;
    private bool _isOver;

    /// <summary>Starts it, or starts it anew after a refresh; without terms there is none.</summary>
    public void Start(SessionTerms? terms)
    {
        if (terms is not { } agreed || _isOver)
        {
            _timer?.Stop();
            return;
        }

        _terms = agreed;
        _endsAt = loop.Now + Interval;
        _timer ??= loop.CreateTimer(static state => _ = ((SessionTimer)state!).DueAsync(), this);
        _timer.Start(agreed.WeRefresh ? Interval / 2 : Interval - Reserve);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _timer?.Stop();
    }

    private TimeSpan Interval => TimeSpan.FromSeconds(_terms.Seconds);

    // In time before the peer ends it by itself.
    private TimeSpan Reserve => Interval / 3 < LongestReserve ? Interval / 3 : LongestReserve;

    private async Task DueAsync()
    {
        if (_isOver || dialog.State != SipDialogState.Confirmed)
        {
            return;
        }

        if (_terms.WeRefresh)
        {
            await RefreshAsync();
        }
        else
        {
            await GiveUpAsync();
        }
    }

    private async Task RefreshAsync()
    {
        var result = await dialog.ReInviteAsync(refresh(_terms.Seconds, _least));
        if (_isOver)
        {
            return;
        }

        if (result.IsSuccess)
        {
            Start(SessionTerms.OfAnswer(result.Response));
            return;
        }

        if (result.Response?.StatusCode == 422
            && result.Response.GetDelta(SipHeaderName.MinSe, out var minSe) == SipFieldState.Valid
            && minSe.Seconds > _terms.Seconds)
        {
            _terms = _terms with { Seconds = minSe.Seconds };
            _least = minSe.Seconds;
        }

        var left = _endsAt - loop.Now;
        if (left > Reserve)
        {
            _timer!.Start(left / 2);
        }
        else
        {
            await GiveUpAsync();
        }
    }

    private async Task GiveUpAsync() => _ = await dialog.ByeAsync("SIP;cause=408;text=\"the session was not refreshed\"");
}
