using Orleans;
using Orleans.Concurrency;

namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>A grain that does what tests tell it.</summary>
public interface IProbe : IGrainWithStringKey
{
    ValueTask<int> EchoAsync(int value);

    Task<int> EchoTaskAsync(int value);

    ValueTask<int> CountAsync();

    ValueTask HoldAsync(string gate);

    [ReadOnly]
    ValueTask ReadAsync(string gate);

    [AlwaysInterleave]
    ValueTask<int> PeekAsync();

    [OneWay]
    ValueTask HintAsync(string gate);

    [OneWay]
    ValueTask FailingHintAsync();

    ValueTask FailAsync(string message);

    ValueTask EndAsync();

    ValueTask StayAsync(TimeSpan delay);

    ValueTask<string> ResumeAsync(AwaitKind kind);

    ValueTask<string> CallAsync(string path);

    ValueTask<string> TraceAsync(string? next);

    ValueTask TickAsync(TimeSpan dueTime, TimeSpan period, bool interleave, bool keepAlive);

    ValueTask TickAndCallAsync(string path, bool interleave);

    ValueTask StopTicksAsync();
}
