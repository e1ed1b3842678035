using System.CommandLine;
using System.Text;
using System.Text.Json;
using PosteRestante.Client.Retrieval;

namespace PosteRestante.Cli.Commands;

/// <summary><c>poste pull</c>: collects all that waits (12.1.1).</summary>
internal static class PullCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var common = new CommonOptions();
        var command = new Command("pull", "Collects all messages that wait, and prints them.");
        common.AddTo(command);
        return command.Does(async (parsed, cancellation) =>
        {
            var session = ClientSession.Read(parsed, common);
            var json = parsed.GetValue(common.Json);
            await using var client = session.Open();
            var result = await client.PullAsync(
                message =>
                {
                    Console.WriteLine(json ? ToJson(message) : ToText(message));
                    return ValueTask.CompletedTask;
                },
                cancellation);
            return Report(result);
        });
    }

    private static int Report(RetrievalResult result)
    {
        if (result.IsEmpty)
        {
            Console.Error.WriteLine("Nothing is waiting.");
            return ExitCode.Nothing;
        }

        if (result.IsComplete)
        {
            Console.Error.WriteLine(result.Received == 1 ? "1 message." : $"{result.Received} messages.");
            return ExitCode.Done;
        }

        Console.Error.WriteLine(result.Status is >= 200 and < 300
            ? $"Broken off after {result.Received} messages ({result.Reason}); the rest is still waiting: pull again."
            : $"Refused: {result.Status} {result.Reason}");
        return result.Status == 0 ? ExitCode.Unreachable : ExitCode.Refused;
    }

    private static string ToText(RetrievedMessage message)
    {
        var subject = message.Subject.Length > 0 ? $"  {message.Subject}" : string.Empty;
        return $"{message.ReceivedAt:u}  {message.From}{subject}\n{BodyText(message)}\n";
    }

    private static string ToJson(RetrievedMessage message) => JsonSerializer.Serialize(new
    {
        id = message.MessageId,
        receivedAt = message.ReceivedAt,
        from = message.From,
        subject = message.Subject,
        contentType = message.ContentType,
        body = Convert.ToBase64String(message.Body.Span),
    });

    private static string BodyText(RetrievedMessage message) =>
        message.ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(message.Body.Span)
            : $"({message.ContentType}, {message.Body.Length} octets; --json shows them)";
}
