using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans;

/// <summary>Ids and references of grains.</summary>
public static class GrainExtensions
{
    /// <summary>A reference to this grain, to be passed on or called.</summary>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
    {
        IGrainBase grainBase => ((Activation)grainBase.GrainContext).Shard.Runtime.Reference<TGrainInterface>(grainBase.GrainContext.GrainId),
        GrainReference reference => reference.Binding.Runtime.Reference<TGrainInterface>(reference.GrainId),
        _ => throw NotBound(grain),
    };

    /// <summary>The id of a grain or of what a reference points to.</summary>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        IGrainBase grainBase => grainBase.GrainContext.GrainId,
        GrainReference reference => reference.GrainId,
        _ => throw NotBound(grain),
    };

    /// <summary>The key of a grain with a string key.</summary>
    public static string GetPrimaryKeyString(this IAddressable grain) => grain.GetGrainId().Key.ToString();

    private static ArgumentException NotBound(IAddressable grain) =>
        new($"{grain?.GetType()} is neither a grain nor a reference to one.", nameof(grain));
}
