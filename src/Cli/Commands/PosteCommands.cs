using System.CommandLine;

namespace PosteRestante.Cli.Commands;

/// <summary>The verbs of <c>poste</c>.</summary>
internal static class PosteCommands
{
    /// <summary>Makes the command line.</summary>
    public static RootCommand Create() =>
        new("Sends messages to users of Poste Restante, and collects what waits.")
        {
            SendCommand.Create(),
            SendFileCommand.Create(),
            PullCommand.Create(),
            OnlineCommand.Create(),
            DemoCommand.Create(),
        };
}
