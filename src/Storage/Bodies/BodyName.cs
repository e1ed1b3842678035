using System.Diagnostics.CodeAnalysis;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Storage.Bodies;

/// <summary>
/// The name of a stored body, <c>mailbox/message/upload</c>: it says whom to ask whether the body is still wanted. Two
/// uploads of one message have two names, so neither can harm the other.
/// </summary>
public sealed record BodyName
{
    /// <summary>
    /// Octets of a mailbox key in a name, at most, an asterisk counted as three: a file name of 255 octets has room for it,
    /// the message, the upload and what separates them.
    /// </summary>
    public const int MaxMailboxOctets = 200;

    /// <summary>Octets of an upload's random part.</summary>
    internal const int UploadOctets = MessageKey.HashOctets;

    private BodyName(string mailbox, MessageKey message, MessageKey upload) =>
        (Mailbox, Message, Upload) = (mailbox, message.Value, upload.Value);

    /// <summary>The <see cref="MailboxKey"/> of its owner.</summary>
    public string Mailbox { get; }

    /// <summary>The <see cref="MessageKey"/> of the message it belongs to.</summary>
    public string Message { get; }

    /// <summary>Which upload made it: 26 characters of the same alphabet.</summary>
    public string Upload { get; }

    /// <summary>Whether a mailbox key can stand in a name.</summary>
    public static bool CanName(string mailbox) =>
        !string.IsNullOrEmpty(mailbox)
        && mailbox.Length + (2 * mailbox.Count(static c => c == '*')) <= MaxMailboxOctets
        && mailbox.All(static c => c is > ' ' and <= '~' and not ('/' or '\\' or '%'));

    /// <summary>Reads a name.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BodyName? name)
    {
        string[] parts = text?.Split('/') ?? [];
        name = parts.Length == 3
            && CanName(parts[0])
            && MessageKey.TryParse(parts[1], out MessageKey message)
            && MessageKey.TryParse(parts[2], out MessageKey upload)
                ? new BodyName(parts[0], message, upload)
                : null;
        return name is not null;
    }

    /// <summary><c>mailbox/message/upload</c>.</summary>
    public override string ToString() => $"{Mailbox}/{Message}/{Upload}";
}
