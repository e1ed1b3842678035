namespace PosteRestante.Silo.Health;

/// <summary>The state of every part, set by whoever opens and closes it and read by the probe on any thread.</summary>
public sealed class Readiness
{
    private readonly int[] _states = new int[Enum.GetValues<Part>().Length];

    /// <summary>The state of a part.</summary>
    public PartState this[Part part]
    {
        get => (PartState)Volatile.Read(ref _states[(int)part]);
        set => Volatile.Write(ref _states[(int)part], (int)value);
    }
}
