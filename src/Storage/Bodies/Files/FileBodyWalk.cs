using System.Collections.Immutable;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>Goes through the shelves; holds one open folder.</summary>
internal sealed class FileBodyWalk(BodyFolder folder, BodyWorker worker) : IBodyWalk
{
    private readonly IEnumerator<BodyName> _names = BodyFolder.Shelves.SelectMany(folder.NamesIn).GetEnumerator();

    public async ValueTask<ImmutableArray<StoredBody>> NextAsync(int count) => await worker.RunAsync(() =>
    {
        ImmutableArray<StoredBody>.Builder found = ImmutableArray.CreateBuilder<StoredBody>();
        while (found.Count < count && _names.MoveNext())
        {
            found.Add(new StoredBody(_names.Current, BodyNames.StoredAt(_names.Current)));
        }

        return found.ToImmutable();
    });

    public void Dispose() => _ = worker.TryAdd(_names.Dispose);
}
