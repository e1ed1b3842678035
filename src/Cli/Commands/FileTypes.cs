namespace PosteRestante.Cli.Commands;

/// <summary>Media types of the files that people send.</summary>
internal static class FileTypes
{
    /// <summary>The type that the name of a file suggests.</summary>
    public static string Of(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".TXT" or ".MD" or ".LOG" => "text/plain;charset=UTF-8",
        ".HTML" or ".HTM" => "text/html",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".PNG" => "image/png",
        ".GIF" => "image/gif",
        ".PDF" => "application/pdf",
        ".MP4" => "video/mp4",
        ".MP3" => "audio/mpeg",
        ".OGG" => "audio/ogg",
        ".ZIP" => "application/zip",
        _ => "application/octet-stream",
    };
}
