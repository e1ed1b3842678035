using PosteRestante.Silo.Configuration;

namespace PosteRestante.Silo.CommandLine;

/// <summary>Exit codes, and what is printed when a start is refused.</summary>
internal static class Outcome
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>Something failed while running.</summary>
    public const int Failed = 1;

    /// <summary>Settings, folder or ports do not allow a start.</summary>
    public const int Refused = 2;

    /// <summary>Runs a verb; a refused start is a sentence a line on the error output, without a stack trace.</summary>
    public static async Task<int> OfAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (StartRefusedException refused)
        {
            foreach (var reason in refused.Reasons)
            {
                await Console.Error.WriteLineAsync(reason);
            }

            return Refused;
        }
    }
}
