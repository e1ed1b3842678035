using System.Collections.Immutable;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>Finds the SDP offer in a retrieval INVITE.</summary>
internal sealed class RetrievalOfferReader(SdpOptions sdp, MimeOptions mime)
{
    private const string SdpType = "application/sdp";
    private const string ListType = "application/resource-lists+xml";

    /// <summary>
    /// Reads the offer.
    /// </summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="offer">The offer; null with a null answer when there is no body: a late offer, which is not taken (DM-12.1.1-4).</param>
    /// <returns>The refusal, or null.</returns>
    public Answer? Read(SipMessage invite, out SdpSession? offer)
    {
        offer = null;
        if (!invite.Accepts(SdpType))
        {
            return Answer.Of(406); // RFC 3261 21.4.7: every answer to an offer, the one of a 488 too, is SDP
        }

        if (invite.Body.IsEmpty)
        {
            return null;
        }

        if (invite.GetContentType(out var type) != SipFieldState.Valid)
        {
            return Answer.Because(400, "the body needs one well-formed Content-Type");
        }

        if (type.Is("application"u8, "sdp"u8))
        {
            return Parse(invite.Body.Span, out offer);
        }

        return type.Is("multipart"u8, "mixed"u8) ? ReadParts(invite, out offer) : UnsupportedType();
    }

    private Answer? ReadParts(SipMessage invite, out SdpSession? offer)
    {
        offer = null;
        if (!TryReadMultipart(invite, out var parts))
        {
            return Answer.Because(400, "malformed multipart body");
        }

        MimePart? description = null;
        foreach (var part in parts)
        {
            if (description is null && part.ContentType?.Is(SdpType) == true)
            {
                description = part;
            }
            else if (part.ContentType?.Is(ListType) == true || part.Disposition?.IsOptional != true)
            {
                // Retrieval by list is not built: ignoring the list would deliver what was not asked for (DM-12.1.1-1).
                return UnsupportedType();
            }
        }

        return description is null ? UnsupportedType() : Parse(description.Content.Span, out offer);
    }

    private bool TryReadMultipart(SipMessage invite, out ImmutableArray<MimePart> parts)
    {
        parts = [];
        return invite.TryGet(SipHeaderName.ContentType, out var value)
            && MediaType.TryParse(value.Span, out var type)
            && MultipartParser.Parse(invite.Body.Memory, type, mime, out parts) == MimeError.None;
    }

    private Answer? Parse(ReadOnlySpan<byte> octets, out SdpSession? offer)
    {
        var error = SdpParser.Parse(octets, sdp, out offer, out var line);
        return error == SdpError.None ? null : Answer.Because(400, $"SDP line {line}: {error}");
    }

    private static Answer UnsupportedType() => Answer.Of(415) with { Accept = SdpType };
}
