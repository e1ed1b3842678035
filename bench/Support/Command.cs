using System.Diagnostics;

namespace PosteRestante.Bench.Support;

/// <summary>Runs another program to its end.</summary>
internal static class Command
{
    /// <summary>Runs it; returns its process id and what it printed.</summary>
    public static (int Id, string Output) Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        // For our own load driver: all code optimised from the first message on, and no collector's thread beside it.
        start.Environment["DOTNET_TieredCompilation"] = "0";
        start.Environment["DOTNET_gcConcurrent"] = "0";
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.Id, output);
    }
}
