using System.Security.Cryptography;

namespace PosteRestante.Storage.Bodies.Simulated;

/// <summary>
/// Bodies in memory, without a thread. To crash, drop it and open another over the same disk: what was not committed is
/// gone. Not for several threads.
/// </summary>
public sealed class SimulatedBodyStore(SimulatedBodyDisk disk, TimeProvider time, BodyStoreOptions? options = null) : IBodyStore
{
    private readonly BodyNames _names = new(time, RandomNumberGenerator.Create());
    private int _readers;

    /// <summary>Bodies that are being written.</summary>
    public int Writing { get; internal set; }

    internal SimulatedBodyDisk Disk => disk;

    internal BodyNames Names => _names;

    private BodyStoreOptions Options { get; } = options ?? new BodyStoreOptions();

    /// <inheritdoc/>
    public IBodyWriter? TryBegin()
    {
        if (Writing >= Options.MaxOpen)
        {
            return null;
        }

        Writing++;
        return new SimulatedBodyWriter(this);
    }

    /// <inheritdoc/>
    public ValueTask<IBodyReader?> OpenAsync(BodyName name, long length)
    {
        if (!disk.Stored.TryGetValue(name.ToString(), out (BodyName Name, byte[] Octets) body) || body.Octets.Length != length)
        {
            return new(default(IBodyReader));
        }

        if (_readers >= Options.MaxOpen)
        {
            throw new StorageFailureException(StorageFailureKind.NotExecuted, "As many bodies are read as may be.");
        }

        _readers++;
        return new(new SimulatedBodyReader(body.Octets, Options.PieceBytes, () => _readers--));
    }

    /// <inheritdoc/>
    public IBodyWalk Walk() => new SimulatedBodyWalk(disk);

    /// <inheritdoc/>
    public ValueTask TrashAsync(BodyName name)
    {
        if (disk.Stored.Remove(name.ToString()))
        {
            disk.Trash[name.ToString()] = time.GetUtcNow();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<int> EmptyTrashAsync(DateTimeOffset before, int count)
    {
        string[] old = [.. disk.Trash.Where(body => body.Value < before).Select(static body => body.Key).Take(count)];
        Array.ForEach(old, name => disk.Trash.Remove(name));
        return new(old.Length);
    }
}
