namespace Orleans.Embedded.Calls;

/// <summary>How one method is called; the generator reads it off the attributes of the interface method.</summary>
[Flags]
public enum CallOptions
{
    /// <summary>An ordinary request.</summary>
    None = 0,

    /// <summary><see cref="Concurrency.OneWayAttribute"/>.</summary>
    OneWay = 1,

    /// <summary><see cref="Concurrency.ReadOnlyAttribute"/>.</summary>
    ReadOnly = 2,

    /// <summary><see cref="Concurrency.AlwaysInterleaveAttribute"/>.</summary>
    AlwaysInterleave = 4,

    /// <summary>A timer tick: it belongs to one activation and ends with it.</summary>
    Tick = 8,
}
