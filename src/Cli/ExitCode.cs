namespace PosteRestante.Cli;

/// <summary>What <c>poste</c> ends with; documented in <c>docs/poste.md</c>.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The service refused, or nothing could be done with its answer.</summary>
    public const int Refused = 1;

    /// <summary>The command line or the settings are wrong.</summary>
    public const int Usage = 2;

    /// <summary>The service cannot be reached.</summary>
    public const int Unreachable = 3;

    /// <summary>There is nothing to collect.</summary>
    public const int Nothing = 4;

    /// <summary>The session broke before the service had acknowledged all of it.</summary>
    public const int Broken = 5;

    /// <summary>The code for a final SIP status; 0 means that no answer came.</summary>
    public static int Of(int status) => status switch
    {
        0 => Unreachable,
        >= 200 and < 300 => Done,
        _ => Refused,
    };
}
