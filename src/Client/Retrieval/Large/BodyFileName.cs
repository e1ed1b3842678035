using System.Security.Cryptography;
using System.Text;
using PosteRestante.Protocols.Mime;

namespace PosteRestante.Client.Retrieval.Large;

/// <summary>
/// Names the file of a body after the message's key, which the service made. What the sender says chooses only among known
/// extensions.
/// </summary>
internal static class BodyFileName
{
    private const int KeyLength = 26;

    /// <summary>The name.</summary>
    /// <param name="messageId"><c>sip:KEY@HOST</c>.</param>
    /// <param name="contentType">The type of the body.</param>
    public static string Of(string messageId, string contentType)
    {
        var key = messageId.Split(':', '@') is [_, var user, ..] ? user : string.Empty;
        var isKey = key.Length == KeyLength && key.All(static c => c is (>= 'a' and <= 'z') or (>= '2' and <= '7'));
        var name = isKey ? key : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16));
        return name + ExtensionOf(contentType);
    }

    private static string ExtensionOf(string contentType) =>
        MediaType.TryParse(contentType, out var type)
            ? type.Essence switch
            {
                "text/plain" => ".txt",
                "text/html" => ".html.txt", // shown, not run
                "message/cpim" => ".cpim",
                "image/jpeg" => ".jpg",
                "image/png" => ".png",
                "image/gif" => ".gif",
                "image/webp" => ".webp",
                "image/tiff" => ".tiff",
                "audio/mpeg" => ".mp3",
                "audio/ogg" => ".ogg",
                "video/mp4" => ".mp4",
                "video/webm" => ".webm",
                "application/pdf" => ".pdf",
                "application/zip" => ".zip",
                _ => ".bin",
            }
            : ".bin";
}
