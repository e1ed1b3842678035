namespace PosteRestante.Silo.Health;

/// <summary>Where a part is on its way up or down.</summary>
public enum PartState
{
    /// <summary>Not yet open.</summary>
    Starting,

    /// <summary>Open and serving.</summary>
    Open,

    /// <summary>Finishes what is under way, takes nothing new.</summary>
    Draining,

    /// <summary>Closed.</summary>
    Closed,
}
