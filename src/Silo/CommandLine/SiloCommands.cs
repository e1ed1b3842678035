using System.CommandLine;
using PosteRestante.Silo.Demo;

namespace PosteRestante.Silo.CommandLine;

/// <summary>The verbs of the service: none serves, <c>demo</c> acts the story out first.</summary>
internal static class SiloCommands
{
    /// <summary>Makes the command line.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("Poste Restante: holds SIP messages for users who are away, and hands them over on MSRP.")
        {
            // --Section:Key=value; Settings refuses the rest.
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((parsed, cancellation) => ServeCommand.RunAsync(parsed.UnmatchedTokens, cancellation));
        root.Add(CreateDemo());
        return root;
    }

    private static Command CreateDemo()
    {
        var exit = new Option<bool>("--exit") { Description = "Ends after the story instead of serving on; exit code 0 only if every step was right." };
        var wire = new Option<bool>("--wire") { Description = "Shows each frame whole." };
        var demo = new Command("demo", "Acts out a message for someone who is away, over real sockets, and then serves on.")
        {
            exit,
            wire,
        };
        demo.TreatUnmatchedTokensAsErrors = false;
        demo.SetAction((parsed, _) => DemoCommand.RunAsync(
            parsed.UnmatchedTokens, new DemoOptions(parsed.GetValue(exit), parsed.GetValue(wire)), Console.Out));
        return demo;
    }
}
