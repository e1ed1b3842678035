using System.Diagnostics.CodeAnalysis;
using System.Text;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Client.Retrieval;

/// <summary>Takes the body of an MSRP message apart into the deferred message (D10).</summary>
internal static class RetrievedMessageReader
{
    private const string FragmentType = "message/sipfrag";

    /// <summary>Reads a body; false when it is not of the form that 12.2.2.5 prescribes.</summary>
    public static bool TryRead(
        string deliveryId,
        string contentType,
        ReadOnlyMemory<byte> body,
        MimeOptions options,
        [NotNullWhen(true)] out RetrievedMessage? message)
    {
        message = null;
        if (!MediaType.TryParse(contentType, out var type)
            || MultipartParser.Parse(body, type, options, out var parts) != MimeError.None
            || parts.Length != 2
            || parts[0].ContentType?.Is(FragmentType) != true
            || parts[1].ContentType?.Is(FragmentType) != true
            || parts[0].ContentId is not { } contentId)
        {
            return false;
        }

        var envelope = new SipFragment(parts[0].Content);
        var original = new SipFragment(parts[1].Content);
        if (!SipDate.TryParse(Encoding.ASCII.GetBytes(envelope.Header("Date") ?? string.Empty), out var receivedAt))
        {
            return false;
        }

        message = new RetrievedMessage
        {
            MessageId = $"sip:{Encoding.UTF8.GetString(contentId.Span).Trim('<', '>')}",
            DeliveryId = deliveryId,
            ReceivedAt = receivedAt,
            From = envelope.Header("From") ?? string.Empty,
            Subject = envelope.Header("Subject") ?? string.Empty,
            ContentType = original.Header("Content-Type", "c") ?? string.Empty,
            Original = parts[1].Content,
            Body = original.Body,
        };
        return true;
    }
}
