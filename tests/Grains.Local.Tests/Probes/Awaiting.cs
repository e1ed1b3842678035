using System.Threading.Channels;
using System.Threading.Tasks.Sources;
using Orleans;
using Orleans.Embedded.Turns;

namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>Awaits each kind of thing in a grain, and tells where the grain resumed.</summary>
public sealed class Awaiting(Gates gates)
{
    private TaskCompletionSource? _inside;

    /// <summary>Null: in a turn of this grain's activation, on its shard.</summary>
    public static string? WhereAmI(IGrainBase grain)
    {
        var activation = (Activation)grain.GrainContext;
        if (!activation.Shard.IsCurrent)
        {
            return "off its shard";
        }

        return SynchronizationContext.Current is TurnContext context && ReferenceEquals(context.Activation, activation)
            ? null
            : "outside its activation's turn";
    }

    public async ValueTask<string> ResumeAsync(IGrainBase grain, IGrainFactory grains, AwaitKind kind)
    {
        var context = (TurnContext)SynchronizationContext.Current!;
        var call = context.Call;
        await On(grains, grain, kind);
        if (WhereAmI(grain) is { } elsewhere)
        {
            return elsewhere;
        }

        var now = (TurnContext)SynchronizationContext.Current!;
        return ReferenceEquals(now, context) && ReferenceEquals(now.Call, call) ? "in turn" : "in another request's turn";
    }

    private async Task On(IGrainFactory grains, IGrainBase grain, AwaitKind kind)
    {
        var other = grains.GetGrain<IProbe>($"other of {grain.GrainContext.GrainId.Key}");
        switch (kind)
        {
            case AwaitKind.Yield:
                await Task.Yield();
                break;
            case AwaitKind.TaskCompletedElsewhere:
                await Elsewhere(new TaskCompletionSource());
                break;
            case AwaitKind.TaskCompletedElsewhereAsynchronously:
                await Elsewhere(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                break;
            case AwaitKind.TaskCompletedInAnotherTurn:
                await InAnotherTurn();
                break;
            case AwaitKind.TaskOfThreadPool:
                await Task.Run(static () => { });
                break;
            case AwaitKind.ValueTaskSource:
                await new Source().StartAsync();
                break;
            case AwaitKind.Delay:
                await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
                break;
            case AwaitKind.WhenAll:
                await Task.WhenAll(Elsewhere(new()), other.EchoTaskAsync(1), Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System));
                break;
            case AwaitKind.WhenAny:
                await await Task.WhenAny(Elsewhere(new()), other.EchoTaskAsync(1));
                break;
            case AwaitKind.Semaphore:
                await SemaphoreAsync();
                break;
            case AwaitKind.Channel:
                await ChannelAsync();
                break;
            case AwaitKind.AsyncEnumerable:
                await foreach (var _ in Numbers())
                {
                    WhereAmI(grain).ShouldBeNull();
                }

                break;
            case AwaitKind.GrainCall:
                (await other.EchoAsync(7)).ShouldBe(7);
                break;
            case AwaitKind.GrainCallAsTask:
                (await other.EchoAsync(7).AsTask()).ShouldBe(7);
                break;
            case AwaitKind.GrainCallThatFails:
                await Should.ThrowAsync<InvalidOperationException>(other.FailAsync("expected").AsTask());
                break;
            case AwaitKind.SeveralGrainCalls:
                for (var i = 0; i < 20; i++)
                {
                    (await other.EchoAsync(i)).ShouldBe(i);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind));
        }
    }

    // The first request waits; the second one completes the promise within its own turn.
    private async Task InAnotherTurn()
    {
        if (_inside is { } waiting)
        {
            waiting.SetResult();
            return;
        }

        _inside = new TaskCompletionSource();
        gates.Open("first waits");
        await _inside.Task;
        _inside = null;
    }

    private static Task Elsewhere(TaskCompletionSource done)
    {
        ThreadPool.QueueUserWorkItem(static done => ((TaskCompletionSource)done!).SetResult(), done);
        return done.Task;
    }

    private static async Task SemaphoreAsync()
    {
        using var semaphore = new SemaphoreSlim(0);
        ThreadPool.QueueUserWorkItem(static semaphore => ((SemaphoreSlim)semaphore!).Release(), semaphore);
        await semaphore.WaitAsync();
    }

    private static async Task ChannelAsync()
    {
        var channel = Channel.CreateUnbounded<int>();
        ThreadPool.QueueUserWorkItem(static channel => ((Channel<int>)channel!).Writer.TryWrite(1), channel);
        await channel.Reader.ReadAsync();
    }

    private static async IAsyncEnumerable<int> Numbers()
    {
        for (var i = 0; i < 3; i++)
        {
            await Elsewhere(new());
            yield return i;
        }
    }

    private sealed class Source : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core;

        public ValueTask StartAsync()
        {
            ThreadPool.QueueUserWorkItem(static source => ((Source)source!)._core.SetResult(true), this);
            return new(this, _core.Version);
        }

        public void GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
