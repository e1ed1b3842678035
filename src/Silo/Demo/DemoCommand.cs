using System.Security.Cryptography;
using PosteRestante.Client.Demo;
using PosteRestante.Silo.CommandLine;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Data;
using PosteRestante.Silo.Hosting;
using PosteRestante.Silo.Listeners;

namespace PosteRestante.Silo.Demo;

/// <summary>
/// Starts the whole service in this process and acts the story out against it over real sockets, as <c>poste demo</c> does
/// against one that runs.
/// </summary>
internal static class DemoCommand
{
    /// <summary>Runs the demo.</summary>
    /// <param name="settings">Settings from the command line.</param>
    /// <param name="options">What was asked for.</param>
    /// <param name="output">Where the story is told.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> settings, DemoOptions options, TextWriter output) => Outcome.OfAsync(async () =>
    {
        using var folder = new DemoFolder();
        await using var server = SiloServer.Create(Settings.Load(settings, Preset(folder)));
        if (server.Client.Accounts.Count == 0)
        {
            throw new StartRefusedException(
                "The demo acts as alice and bob, who are made only while no account is configured: leave the section Accounts out.");
        }

        await server.StartAsync(CancellationToken.None);
        DemoText.Begin(output, server);
        var isRight = await ActAsync(server, options.ShowsWire, output);
        DemoText.End(output, isRight);
        if (isRight && !options.Exits)
        {
            DemoText.TryNext(output, server);
            await output.WriteLineAsync(ReadyLine.Of(server));
            await server.WaitForShutdownAsync(CancellationToken.None);
        }
        else
        {
            await server.StopAsync(CancellationToken.None);
        }

        return isRight ? Outcome.Success : Outcome.Failed;
    });

    private static async Task<bool> ActAsync(SiloServer server, bool showsWire, TextWriter output)
    {
        using var random = RandomNumberGenerator.Create();
        var scenario = new DemoScenario(server.Client, output, showsWire, server.Loggers, TimeProvider.System, random.GetBytes);
        try
        {
            return await scenario.RunAsync(server.Stopping);
        }
        catch (OperationCanceledException) when (server.Stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What the demo sets unless the command line or the environment does.</summary>
    private static Dictionary<string, string?> Preset(DemoFolder folder) => new(StringComparer.OrdinalIgnoreCase)
    {
        [$"{DataOptions.SectionName}:{nameof(DataOptions.Folder)}"] = folder.Path,
        [$"{ListenerOptions.SectionName}:{nameof(ListenerOptions.TakeFreePortIfBusy)}"] = "true",
        ["Logging:LogLevel:Default"] = nameof(LogLevel.Warning),
    };
}
