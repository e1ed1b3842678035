namespace PosteRestante.Cli;

/// <summary>The command line or the settings are wrong; the message says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message);
