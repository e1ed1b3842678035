using System.CommandLine;
using PosteRestante.Cli.Reception;
using PosteRestante.Client.Online;

namespace PosteRestante.Cli.Commands;

/// <summary><c>poste online</c>: takes messages as the service pushes them (12.2.2.2).</summary>
internal static class OnlineCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command("online", "Says that you are back, and prints what waits and what comes, until Ctrl-C.");
        var bodies = new BodyOptions();
        bodies.AddTo(command);
        common.AddTo(command);
        return command.Does(async (parsed, cancellation) =>
        {
            var session = ClientSession.Read(parsed, common);
            var view = ReceptionView.Choose(parsed.GetValue(common.Json));
            await using var client = session.Open(bodies.Read(parsed, view));
            var isFirst = true;
            var result = await view.RunAsync(() => client.StayOnlineAsync(
                message =>
                {
                    view.Show(message);
                    return ValueTask.CompletedTask;
                },
                _ =>
                {
                    if (isFirst)
                    {
                        view.Say("Online. Ctrl-C ends it.");
                        isFirst = false;
                    }
                },
                cancellation));
            return Report(result);
        });
    }

    private static int Report(OnlineResult result)
    {
        if (result.IsOrderly)
        {
            Console.Error.WriteLine(result.Received == 1 ? "Offline. 1 message." : $"Offline. {result.Received} messages.");
            return ExitCode.Done;
        }

        Console.Error.WriteLine(result.Status == 0 ? $"Not online: {result.Reason}" : $"Refused: {result.Status} {result.Reason}");
        return ExitCode.Of(result.Status);
    }
}
