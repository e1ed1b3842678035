using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Hosting;

namespace PosteRestante.Silo.CommandLine;

/// <summary>Serves until told to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Runs the service.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation) => Outcome.OfAsync(async () =>
    {
        await using var server = SiloServer.Create(Settings.Load(arguments, preset: []));
        await server.StartAsync(cancellation);
        await Console.Out.WriteLineAsync(ReadyLine.Of(server));
        await server.WaitForShutdownAsync(cancellation);
        return Outcome.Success;
    });
}
