using System.CommandLine;
using System.Text;
using System.Text.Json;
using PosteRestante.Client.Sending;

namespace PosteRestante.Cli.Commands;

/// <summary><c>poste send</c>: one message to one user.</summary>
internal static class SendCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var common = new CommonOptions();
        var to = new Argument<string>("to") { Description = "The recipient: bob, or sip:bob@example.net." };
        var text = new Argument<string>("text") { Description = "What to say; - reads it from standard input." };
        var subject = new Option<string>("--subject", "-s") { Description = "The subject." };
        var type = new Option<string>("--type")
        {
            Description = "The media type of the text.",
            DefaultValueFactory = _ => "text/plain;charset=UTF-8",
        };
        var expires = new Option<int?>("--expires") { Description = "Seconds for which the message is worth keeping." };
        var command = new Command("send", "Sends a message; it is stored when its recipient is away.") { to, text, subject, type, expires };
        common.AddTo(command);
        return command.Does(async (parsed, _) =>
        {
            var session = ClientSession.Read(parsed, common);
            var message = new OutgoingMessage
            {
                To = session.AddressOf(parsed.GetValue(to)!),
                Body = await BodyAsync(parsed.GetValue(text)!),
                Subject = parsed.GetValue(subject) ?? string.Empty,
                ContentType = parsed.GetValue(type)!,
                Expires = parsed.GetValue(expires) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            };
            await using var client = session.Open();
            var result = await client.SendAsync(message);
            Print(result, message.To, parsed.GetValue(common.Json));
            return ExitCode.Of(result.Status);
        });
    }

    private static async Task<byte[]> BodyAsync(string text)
    {
        if (text != "-")
        {
            return Encoding.UTF8.GetBytes(text);
        }

        using var body = new MemoryStream();
        await using var input = Console.OpenStandardInput();
        await input.CopyToAsync(body);
        return body.ToArray();
    }

    private static void Print(SendResult result, string to, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { to, status = result.Status, reason = result.Reason, callId = result.CallId }));
        }
        else if (result.IsAccepted)
        {
            Console.WriteLine(result.Status == 202 ? $"Stored for {to} until it is collected." : $"Delivered to {to}.");
        }
        else
        {
            Console.Error.WriteLine(result.Status == 0 ? $"Not sent: {result.Reason}" : $"Refused: {result.Status} {result.Reason}");
        }
    }
}
