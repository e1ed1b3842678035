namespace PosteRestante.Storage.Bodies.Sweeping;

/// <summary>How bodies without a message are found and thrown away.</summary>
public sealed class BodySweeperOptions
{
    /// <summary>Configuration section.</summary>
    public const string SectionName = "Storage:Bodies:Sweep";

    /// <summary>
    /// Wait between two steps (default 1 s), each of which asks about at most <see cref="StepBodies"/>: a million bodies are gone
    /// through in five hours, and nothing else is held up.
    /// </summary>
    public TimeSpan StepInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Bodies that one step asks about or deletes (default 64).</summary>
    public int StepBodies { get; set; } = 64;

    /// <summary>Wait after all bodies were gone through, before it begins again (default 10 minutes).</summary>
    public TimeSpan RoundInterval { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// How old a body must be before anybody is asked about it (default 1 hour): its message is stored after it, and that must be
    /// over by then, whatever delayed it.
    /// </summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a body stays in the trash, where an operator can take it back (default 1 day), to the hour.</summary>
    public TimeSpan TrashRetention { get; set; } = TimeSpan.FromDays(1);
}
