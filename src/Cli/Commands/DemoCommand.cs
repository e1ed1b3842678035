using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Demo;

namespace PosteRestante.Cli.Commands;

/// <summary><c>poste demo</c>: acts the story out against a server that runs.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var common = new CommonOptions();
        var wire = new Option<bool>("--wire") { Description = "Shows each frame whole." };
        var command = new Command("demo", "Acts out a message for someone who is away, against a server that runs.")
        {
            common.Client,
            wire,
        };
        return command.Does(async (parsed, cancellation) =>
        {
            var server = ClientSession.ReadServer(parsed.GetValue(common.Client)!);
            var scenario = new DemoScenario(
                server, Console.Out, parsed.GetValue(wire), NullLoggerFactory.Instance, TimeProvider.System, ClientSession.Random);
            return await scenario.RunAsync(cancellation) ? ExitCode.Done : ExitCode.Refused;
        });
    }
}
