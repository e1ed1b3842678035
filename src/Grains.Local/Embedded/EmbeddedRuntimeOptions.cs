using System.ComponentModel.DataAnnotations;

namespace Orleans.Embedded;

/// <summary>What only the embedded runtime has to be told.</summary>
public sealed class EmbeddedRuntimeOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "GrainRuntime";

    /// <summary>
    /// How many shards (threads) run grains; 0, the default, means one for every four cores: on two cores two shards
    /// were measured slower than one, because the edge and the store need a core as well.
    /// </summary>
    [Range(0, 256)]
    public int Shards { get; set; }

    /// <summary>
    /// How many calls from outside may be in a shard without an answer, default 20,000: a second of work for one shard
    /// at a tenth of its rate. Beyond it a call fails at once with <see cref="Orleans.Runtime.LimitExceededException"/>.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaxCallsPerShard { get; set; } = 20_000;

    /// <summary>How many calls may wait for one grain, default 5,000; beyond it a call fails with <see cref="Orleans.Runtime.LimitExceededException"/>.</summary>
    [Range(1, 10_000_000)]
    public int MaxWaitingPerGrain { get; set; } = 5_000;

    /// <summary>The tick of the timer wheel, default 50 ms: grain timers are coarse, and a sleeping process stays asleep.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:01:00")]
    public TimeSpan TimerResolution { get; set; } = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// Whether arguments and results are copied deeply, default no. Tests switch it on, so that no grain comes to rely on
    /// sharing objects with its callers, which no cluster would let it do.
    /// </summary>
    public bool CopyArguments { get; set; }

    internal int EffectiveShards => Shards > 0 ? Shards : Math.Max(1, Environment.ProcessorCount / 4);
}
