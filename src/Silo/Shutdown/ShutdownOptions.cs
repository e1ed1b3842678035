namespace PosteRestante.Silo.Shutdown;

/// <summary>How the service goes down when it is told to (SIGTERM, Ctrl+C).</summary>
public sealed class ShutdownOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Shutdown";

    /// <summary>
    /// How long deposits and MSRP chunks that are under way may take to finish, while new requests get 503. Default 10
    /// seconds: with <see cref="CloseDeadline"/> it stays under the 30 seconds that container platforms give.
    /// </summary>
    public TimeSpan DrainDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long grains and store may take to close after that. Default 10 seconds.</summary>
    public TimeSpan CloseDeadline { get; set; } = TimeSpan.FromSeconds(10);
}
