using Orleans.Hosting;

namespace Orleans.Embedded;

/// <summary>What only the embedded runtime can be told; for the one hosting file that knows which runtime it starts.</summary>
public static class EmbeddedSiloBuilderExtensions
{
    /// <summary>
    /// Places the grains of an interface on the shard of the grain that calls them, and is their only caller: a message
    /// lives with its mailbox, so a deposit never leaves its shard. With several shards a call from outside fails.
    /// </summary>
    public static ISiloBuilder PlaceWithCaller<TGrainInterface>(this ISiloBuilder builder)
        where TGrainInterface : IGrain =>
        builder.Configure<PlacementHints>(static hints => hints.PlaceWithCaller(typeof(TGrainInterface)));
}
