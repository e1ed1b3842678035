using System.Diagnostics;
using Orleans;
using Orleans.Runtime;

namespace PosteRestante.Grains.Local.Tests.Probes;

public sealed class ProbeGrain(Journal journal, Gates gates) : Grain, IProbe
{
    private readonly Awaiting _awaiting = new(gates);
    private int _running;
    private int _count;
    private IGrainTimer? _timer;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        journal.Add($"{Key} activated");
        return Key.StartsWith("slow", StringComparison.Ordinal) ? gates.At("activate") : base.OnActivateAsync(cancellationToken);
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        journal.Add($"{Key} deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public ValueTask<int> EchoAsync(int value) => new(value);

    public Task<int> EchoTaskAsync(int value) => Task.FromResult(value);

    public ValueTask<int> CountAsync() => new(++_count);

    public async ValueTask HoldAsync(string gate)
    {
        journal.Add($"{Key} holds {gate}, {++_running} at once");
        await gates.At(gate);
        _running--;
        journal.Add($"{Key} held {gate}");
    }

    public ValueTask ReadAsync(string gate) => HoldAsync(gate);

    public ValueTask<int> PeekAsync() => new(_running);

    public async ValueTask HintAsync(string gate)
    {
        await gates.At(gate);
        journal.Add($"{Key} took the hint {gate}");
    }

    public ValueTask FailingHintAsync() => throw new InvalidOperationException("Nobody hears this.");

    public async ValueTask FailAsync(string message)
    {
        await Task.Yield();
        throw new InvalidOperationException(message);
    }

    public ValueTask EndAsync()
    {
        DeactivateOnIdle();
        return ValueTask.CompletedTask;
    }

    public ValueTask StayAsync(TimeSpan delay)
    {
        DelayDeactivation(delay);
        return ValueTask.CompletedTask;
    }

    public ValueTask<string> ResumeAsync(AwaitKind kind) => _awaiting.ResumeAsync(this, GrainFactory, kind);

    public async ValueTask<string> CallAsync(string path)
    {
        var rest = path.Split('>', 2);
        if (rest[0].Length == 0)
        {
            return Key;
        }

        var next = GrainFactory.GetGrain<IProbe>(rest[0]);
        return $"{Key}>{await next.CallAsync(rest.Length == 2 ? rest[1] : "")}";
    }

    public async ValueTask<string> TraceAsync(string? next)
    {
        var before = Activity.Current?.Id ?? "none";
        if (next is null)
        {
            return before;
        }

        var there = await GrainFactory.GetGrain<IProbe>(next).TraceAsync(null);
        await Task.Yield();
        return $"{before} {there} {Activity.Current?.Id ?? "none"}";
    }

    public ValueTask TickAsync(TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive)
    {
        var options = new GrainTimerCreationOptions { DueTime = dueTime, Period = period, Interleave = interleave, KeepAlive = keepAlive };
        _timer = this.RegisterGrainTimer(TickedAsync, options);
        return ValueTask.CompletedTask;
    }

    public ValueTask TickAndCallAsync(string path, bool interleave)
    {
        var options = new GrainTimerCreationOptions { DueTime = TimeSpan.FromSeconds(1), Period = Timeout.InfiniteTimeSpan, Interleave = interleave };
        this.RegisterGrainTimer(
            async path =>
            {
                try
                {
                    journal.Add($"{Key} reached {await CallAsync(path)}");
                }
                catch (OrleansException error)
                {
                    journal.Add($"{Key} failed with {error.GetType().Name}");
                }
            },
            path,
            options);
        return ValueTask.CompletedTask;
    }

    public ValueTask StopTicksAsync()
    {
        _timer!.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task TickedAsync()
    {
        journal.Add($"{Key} ticked, {_running} running, {Awaiting.WhereAmI(this) ?? "in turn"}");
        await gates.At($"{Key} tick");
        journal.Add($"{Key} tick over");
    }
}
