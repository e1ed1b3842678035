using System.CommandLine;

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
        return root;
    }
}
