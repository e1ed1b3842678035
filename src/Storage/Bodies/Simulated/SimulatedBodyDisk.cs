namespace PosteRestante.Storage.Bodies.Simulated;

/// <summary>What survives a crash of the simulated process: the bodies that have a name, and the trash.</summary>
public sealed class SimulatedBodyDisk
{
    internal Dictionary<string, (BodyName Name, byte[] Octets)> Stored { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, DateTimeOffset> Trash { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of the bodies that are stored.</summary>
    public IEnumerable<BodyName> Names => Stored.Values.Select(static body => body.Name);

    /// <summary>Bodies in the trash.</summary>
    public int Trashed => Trash.Count;

    /// <summary>While set, nothing is written: writers are behind, and seals and commits wait.</summary>
    public bool IsHeld
    {
        get;
        set
        {
            field = value;
            if (!value)
            {
                TaskCompletionSource released = Released;
                Released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                released.SetResult();
            }
        }
    }

    /// <summary>Whether the disk is full: what is written fails.</summary>
    public bool IsFull { get; set; }

    internal TaskCompletionSource Released { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
