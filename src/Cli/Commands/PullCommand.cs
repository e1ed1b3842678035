using System.CommandLine;
using PosteRestante.Cli.Reception;
using PosteRestante.Client.Retrieval;

namespace PosteRestante.Cli.Commands;

/// <summary><c>poste pull</c>: collects all that waits, or the messages that are named (12.1.1).</summary>
internal static class PullCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var common = new CommonOptions();
        var ids = new Option<string[]>("--id")
        {
            Description = "Collects only this message (again, if it was collected before): the id that --json shows. May be repeated; they come in this order.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("pull", "Collects all messages that wait, or those with the given ids, and prints them.") { ids };
        var bodies = new BodyOptions();
        bodies.AddTo(command);
        common.AddTo(command);
        return command.Does(async (parsed, cancellation) =>
        {
            var session = ClientSession.Read(parsed, common);
            var view = ReceptionView.Choose(parsed.GetValue(common.Json));
            var named = parsed.GetValue(ids)!.Select(session.MessageIdOf).Distinct(StringComparer.Ordinal).ToList();
            await using var client = session.Open(bodies.Read(parsed, view));
            var result = await view.RunAsync(() => client.PullAsync(
                named,
                message =>
                {
                    view.Show(message);
                    return ValueTask.CompletedTask;
                },
                cancellation));
            return Report(result, named.Count);
        });
    }

    private static int Report(RetrievalResult result, int named)
    {
        if (result.IsEmpty)
        {
            Console.Error.WriteLine(named == 0 ? "Nothing is waiting." : "None of these messages is in the mailbox.");
            return ExitCode.Nothing;
        }

        if (result.IsComplete)
        {
            Console.Error.WriteLine(result.Received == 1 ? "1 message." : $"{result.Received} messages.");
            if (named > result.Received + result.Repeats)
            {
                Console.Error.WriteLine($"{named - result.Received - result.Repeats} of those you named are not in the mailbox.");
            }

            return ExitCode.Done;
        }

        Console.Error.WriteLine(result.Status is >= 200 and < 300
            ? $"Broken off after {result.Received} messages ({result.Reason}); the rest is still waiting: pull again."
            : $"Refused: {result.Status} {result.Reason}");
        return result.Status == 0 ? ExitCode.Unreachable : ExitCode.Refused;
    }
}
