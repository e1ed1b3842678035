using System.Collections.Immutable;

namespace PosteRestante.Storage.Bodies.Simulated;

/// <summary>Goes through the bodies that were there when it began.</summary>
internal sealed class SimulatedBodyWalk(SimulatedBodyDisk disk) : IBodyWalk
{
    private readonly Queue<BodyName> _names = new(disk.Names);

    public ValueTask<ImmutableArray<StoredBody>> NextAsync(int count)
    {
        ImmutableArray<StoredBody>.Builder found = ImmutableArray.CreateBuilder<StoredBody>();
        while (found.Count < count && _names.TryDequeue(out BodyName? name))
        {
            found.Add(new StoredBody(name, BodyNames.StoredAt(name)));
        }

        return new(found.ToImmutable());
    }

    public void Dispose() => _names.Clear();
}
