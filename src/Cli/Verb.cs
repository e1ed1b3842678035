using System.CommandLine;

namespace PosteRestante.Cli;

/// <summary>Runs a verb, and tells what is wrong with its command line in one sentence.</summary>
internal static class Verb
{
    /// <summary>Sets what a command does.</summary>
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                return await action(parsed, cancellation);
            }
            catch (UsageException wrong)
            {
                await Console.Error.WriteLineAsync(wrong.Message);
                return ExitCode.Usage;
            }
        });
        return command;
    }
}
