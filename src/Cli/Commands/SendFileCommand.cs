using System.CommandLine;
using System.Text.Json;
using PosteRestante.Client.Sending;

namespace PosteRestante.Cli.Commands;

/// <summary><c>poste send-file</c>: a file of any size to one user, over MSRP.</summary>
internal static class SendFileCommand
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var common = new CommonOptions();
        var file = new Argument<string>("file") { Description = "The file." };
        var to = new Option<string>("--to", "-t") { Description = "The recipient: bob, or sip:bob@example.net.", Required = true };
        var subject = new Option<string>("--subject", "-s") { Description = "The subject; default: the name of the file." };
        var type = new Option<string>("--type") { Description = "The media type; default: by the name of the file." };
        var command = new Command("send-file", "Sends a file of any size; it is stored when its recipient is away.") { file, to, subject, type };
        common.AddTo(command);
        return command.Does(async (parsed, cancellation) =>
        {
            var session = ClientSession.Read(parsed, common);
            var path = parsed.GetValue(file)!;
            var json = parsed.GetValue(common.Json);
            await using var content = Open(path);
            await using var client = session.Open();
            using var progress = new TransferProgress(Path.GetFileName(path), content.Length, isSilent: json);
            var result = await client.SendLargeAsync(
                new OutgoingLargeMessage
                {
                    To = session.AddressOf(parsed.GetValue(to)!),
                    Content = content,
                    ContentType = parsed.GetValue(type) ?? FileTypes.Of(path),
                    Subject = parsed.GetValue(subject) ?? Path.GetFileName(path),
                    Progress = progress.Report,
                },
                cancellation);
            progress.Dispose();
            Print(result, session.AddressOf(parsed.GetValue(to)!), content.Length, json);
            return CodeOf(result);
        });
    }

    private static int CodeOf(LargeSendResult result) => result switch
    {
        { IsStored: true } => ExitCode.Done,
        { Status: >= 200 and < 300, MsrpStatus: 0 } => ExitCode.Broken,
        { Status: 0 } => ExitCode.Unreachable,
        _ => ExitCode.Refused,
    };

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"{path} cannot be read: {unreadable.Message}");
        }
    }

    private static void Print(LargeSendResult result, string to, long octets, bool json)
    {
        if (json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                to, octets, stored = result.IsStored, status = result.Status, msrpStatus = result.MsrpStatus, reason = result.Reason, callId = result.CallId,
            }));
        }
        else if (result.IsStored)
        {
            Console.WriteLine($"Stored for {to} until it is collected: {octets} octets.");
        }
        else
        {
            Console.Error.WriteLine(result.Status is 0 or (>= 200 and < 300)
                ? $"Not sent: {result.Reason}"
                : $"Refused: {result.Status} {result.Reason}");
        }
    }
}
