using PosteRestante.Client.Retrieval;
using PosteRestante.Client.Sessions;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.Client.Online;

/// <summary>Being online: published, refreshed before it lapses, removed at the end. On the loop.</summary>
internal sealed class OnlineStay(EventLoop loop, Registration registration, SettingsPublisher publisher, PushReceiver receiver, MessageIntake intake)
{
    // The part of a publication's life after which it is refreshed: time is left for a refresh that is retransmitted.
    private const double RefreshAfter = 0.8;

    /// <summary>Stays until the caller ends it or the service refuses.</summary>
    public async Task<OnlineResult> RunAsync(Action<TimeSpan>? published, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource();
        using var cancelled = cancellation.UnsafeRegister(_ => loop.Post(static state => ((TaskCompletionSource)state!).TrySetResult(), ended), null);
        while (true)
        {
            var result = await registration.RefreshAsync() ?? await publisher.PublishAsync();
            if (!result.IsSuccess)
            {
                receiver.End();
                return Result(result);
            }

            published?.Invoke(publisher.Expires);
            if (await Task.WhenAny(ended.Task, Task.Delay(publisher.Expires * RefreshAfter, loop.Time, CancellationToken.None)) == ended.Task)
            {
                var removed = await publisher.RemoveAsync();
                await receiver.LeaveAsync(loop);
                await registration.RemoveAsync();
                return Result(removed);
            }
        }
    }

    private OnlineResult Result(SipClientResult result) => result.Response is { } response
        ? new OnlineResult(response.StatusCode, AnswerText.Of(response), intake.Received, intake.Repeats)
        : new OnlineResult(0, AnswerText.Of(result.Failure), intake.Received, intake.Repeats);
}
