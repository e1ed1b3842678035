using System.Diagnostics;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>Runs a command line as a reader of a document would.</summary>
internal static class Shell
{
    private const string Poste = "dotnet run --project src/Cli --";

    /// <summary>Runs a command to its end.</summary>
    /// <param name="command">The command; of <c>dotnet run</c> on <c>src/Cli</c> only the run, the build has been.</param>
    /// <param name="folder">The working folder.</param>
    public static async Task<(int ExitCode, string Output)> RunAsync(string command, string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "poste.dll");
        var line = command.Replace(Poste, $"dotnet '{program}'", StringComparison.Ordinal);
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", line])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var cancellation = TestContext.Current.CancellationToken;
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        var output = await process.StandardOutput.ReadToEndAsync(cancellation) + await errors;
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, output);
    }

    /// <summary>Whether a command runs <c>poste</c> from the checkout.</summary>
    public static bool IsPoste(string command) => command.StartsWith(Poste, StringComparison.Ordinal);
}
