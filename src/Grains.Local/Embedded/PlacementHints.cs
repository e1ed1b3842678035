namespace Orleans.Embedded;

/// <summary>Where grains live among the shards, beyond the hash of their keys.</summary>
internal sealed class PlacementHints
{
    private readonly HashSet<Type> _withCaller = [];

    public void PlaceWithCaller(Type grainInterface) => _withCaller.Add(grainInterface);

    public bool IsPlacedWithCaller(Type grainClass) => _withCaller.Any(grainInterface => grainInterface.IsAssignableFrom(grainClass));
}
