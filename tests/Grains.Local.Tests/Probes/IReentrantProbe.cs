using Orleans;

namespace PosteRestante.Grains.Local.Tests.Probes;

/// <summary>Like <see cref="IProbe"/>, on a class that interleaves.</summary>
public interface IReentrantProbe : IGrainWithStringKey
{
    ValueTask HoldAsync(string gate);

    ValueTask<string> ResumeAsync(AwaitKind kind);
}
