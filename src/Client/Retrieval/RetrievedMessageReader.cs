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
        return MediaType.TryParse(contentType, out var type)
            && MultipartParser.Parse(body, type, options, out var parts) == MimeError.None
            && parts.Length == 2
            && TryRead(deliveryId, parts[0], parts[1], out message)
            && TryGetBody(parts[1], ref message);
    }

    /// <summary>Reads the envelope and the head of the original; the body is what follows the head.</summary>
    public static bool TryRead(
        string deliveryId, MimePart first, MimePart second, [NotNullWhen(true)] out RetrievedMessage? message)
    {
        message = null;
        if (first.ContentType?.Is(FragmentType) != true
            || first.ContentId is not { } contentId
            || second.ContentType is not { } type
            || !(type.Is(FragmentType) || type.Is(MsrpFragment.Type)))
        {
            return false;
        }

        var envelope = new SipFragment(first.Content);
        var original = new SipFragment(second.Content);
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
            Original = second.Content,
            Body = original.Body,
            BodyLength = original.Body.Length,
        };
        return true;
    }

    // What follows the head of a SEND is its body and its end-line.
    private static bool TryGetBody(MimePart part, ref RetrievedMessage message)
    {
        if (part.ContentType?.Is(MsrpFragment.Type) != true)
        {
            return true;
        }

        if (!MsrpFragment.TryRead(part.Content.Span, out var fragment) || !fragment.TryGetBody(part.Content, out var body))
        {
            return false;
        }

        message = message with { Body = body, BodyLength = body.Length };
        return true;
    }
}
