namespace PosteRestante.Silo.Listeners;

/// <summary>A port that was taken, and the one that was chosen in its place.</summary>
/// <param name="Key">The setting.</param>
/// <param name="Wanted">What it says.</param>
/// <param name="Taken">What is used.</param>
public sealed record ReplacedPort(string Key, int Wanted, int Taken);
