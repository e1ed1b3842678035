using System.Text;
using System.Text.Json;
using PosteRestante.Cli.Reception;
using PosteRestante.Client.Retrieval;

namespace PosteRestante.Cli.Commands;

/// <summary>How a deferred message is printed.</summary>
internal static class MessageText
{
    /// <summary>For a person.</summary>
    public static string ToText(RetrievedMessage message)
    {
        var subject = message.Subject.Length > 0 ? $"  {message.Subject}" : string.Empty;
        return $"{message.ReceivedAt:u}  {message.From}{subject}\n{BodyText(message)}\n";
    }

    /// <summary>One line of JSON.</summary>
    public static string ToJson(RetrievedMessage message) => JsonSerializer.Serialize(new
    {
        id = message.MessageId,
        receivedAt = message.ReceivedAt,
        from = message.From,
        subject = message.Subject,
        contentType = message.ContentType,
        size = message.BodyLength,
        body = message.File is null ? Convert.ToBase64String(message.Body.Span) : null,
        file = message.File,
    });

    private static string BodyText(RetrievedMessage message) =>
        message.File is not null ? $"({message.ContentType}, {OctetText.Of(message.BodyLength)}, in {message.File})"
        : message.ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
            ? Encoding.UTF8.GetString(message.Body.Span)
            : $"({message.ContentType}, {message.Body.Length} octets; --json shows them)";
}
