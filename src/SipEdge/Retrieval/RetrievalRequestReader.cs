using System.Collections.Immutable;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.ResourceLists;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>Finds the SDP offer in a retrieval INVITE, and the list of messages beside it (RFC 5366 4).</summary>
internal sealed class RetrievalRequestReader(string host, SdpOptions sdp, MimeOptions mime, ResourceListOptions lists)
{
    /// <summary>What the function takes, for Accept.</summary>
    public const string AcceptedTypes = $"{SdpType}, {ResourceListParser.MediaType}, multipart/mixed";

    private const string SdpType = "application/sdp";

    // RFC 5363 4
    private const string ListDisposition = "recipient-list";

    /// <summary>
    /// Reads the request.
    /// </summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="request">What it asks for, when it is not refused.</param>
    /// <returns>The refusal, or null.</returns>
    public Answer? Read(SipMessage invite, out RetrievalRequest request)
    {
        request = new RetrievalRequest(null);
        if (!invite.Accepts(SdpType))
        {
            return Answer.Of(406); // RFC 3261 21.4.7: every answer to an offer, the one of a 488 too, is SDP
        }

        if (invite.Body.IsEmpty)
        {
            return null;
        }

        if (IsEncoded(invite))
        {
            return Answer.Of(415) with { AcceptEncoding = "identity" }; // RFC 3261 8.2.3
        }

        if (invite.GetContentType(out var type) != SipFieldState.Valid)
        {
            return Answer.Because(400, "the body needs one well-formed Content-Type");
        }

        if (type.Is("application"u8, "sdp"u8))
        {
            return ReadOffer(invite.Body.Span, ref request);
        }

        if (type.Is("application"u8, "resource-lists+xml"u8))
        {
            return ReadLists([invite.Body.Memory], ref request);
        }

        return type.Is("multipart"u8, "mixed"u8) ? ReadParts(invite, ref request) : UnsupportedType();
    }

    private static bool IsEncoded(SipMessage invite)
    {
        foreach (var encoding in invite.GetValues(SipHeaderName.ContentEncoding))
        {
            if (!encoding.IsIgnoreCase("identity"u8))
            {
                return true;
            }
        }

        return false;
    }

    private Answer? ReadParts(SipMessage invite, ref RetrievalRequest request)
    {
        if (!TryReadMultipart(invite, out var parts))
        {
            return Answer.Because(400, "malformed multipart body");
        }

        MimePart? description = null;
        var listParts = new List<ReadOnlyMemory<byte>>();
        foreach (var part in parts)
        {
            if (description is null && part.ContentType?.Is(SdpType) == true)
            {
                description = part;
            }
            else if (IsList(part))
            {
                listParts.Add(part.Content);
            }
            else if (NamesRecipients(part) || part.Disposition?.IsOptional != true)
            {
                // A list that is not understood is never passed over: that would deliver what was not asked for.
                return UnsupportedType();
            }
        }

        var refusal = description is null ? null : ReadOffer(description.Content.Span, ref request);
        if (refusal is null && listParts.Count > 0)
        {
            refusal = ReadLists(listParts, ref request);
        }

        return refusal ?? (description is null && listParts.Count == 0 ? UnsupportedType() : null);
    }

    // The type says what it is also without a disposition; with another one, such as recipient-list-history, it is no list to
    // act on.
    private static bool IsList(MimePart part) =>
        part.ContentType?.Is(ResourceListParser.MediaType) == true
        && (part.Header("Content-Disposition") is null || NamesRecipients(part))
        && IsPlain(part);

    private static bool NamesRecipients(MimePart part) =>
        string.Equals(part.Disposition?.Kind, ListDisposition, StringComparison.Ordinal);

    // Binary is what SIP bodies are (RFC 5621 9.1); nothing is decoded.
    private static bool IsPlain(MimePart part) =>
        part.Header("Content-Encoding") is null
        && (part.Header("Content-Transfer-Encoding") is not { } encoding
            || System.Text.Ascii.EqualsIgnoreCase(encoding.Span, "binary"u8)
            || System.Text.Ascii.EqualsIgnoreCase(encoding.Span, "8bit"u8)
            || System.Text.Ascii.EqualsIgnoreCase(encoding.Span, "7bit"u8));

    private bool TryReadMultipart(SipMessage invite, out ImmutableArray<MimePart> parts)
    {
        parts = [];
        return invite.TryGet(SipHeaderName.ContentType, out var value)
            && MediaType.TryParse(value.Span, out var type)
            && MultipartParser.Parse(invite.Body.Memory, type, mime, out parts) == MimeError.None;
    }

    private Answer? ReadOffer(ReadOnlySpan<byte> octets, ref RetrievalRequest request)
    {
        var error = SdpParser.Parse(octets, sdp, out var offer, out var line);
        request = request with { Offer = offer };
        return error == SdpError.None ? null : Answer.Because(400, $"SDP line {line}: {error}");
    }

    // Several lists are one (RFC 5363 4.1).
    private Answer? ReadLists(IReadOnlyList<ReadOnlyMemory<byte>> documents, ref RetrievalRequest request)
    {
        var uris = new List<string>();
        foreach (var document in documents)
        {
            var error = ResourceListParser.Parse(document, lists, uris, out var line);
            if (error == ResourceListError.TooManyEntries)
            {
                return Answer.Because(413, $"a list may have {lists.MaxEntries} entries");
            }

            if (error != ResourceListError.None)
            {
                return Answer.Because(400, $"resource list line {line}: {error}");
            }
        }

        request = request with { List = RetrievalList.Of(uris, host) };
        return null;
    }

    private static Answer UnsupportedType() => Answer.Of(415) with { Accept = AcceptedTypes };
}
