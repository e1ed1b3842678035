using System.Buffers;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.ResourceLists;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.Client.Retrieval;

/// <summary>
/// Gives a retrieval INVITE its body: the offer alone for all that waits (DM-12.1.1-2), the offer and a list of Message-IDs
/// for some of it (DM-12.1.1-1, -1a to -1c; RFC 5366 4).
/// </summary>
internal static class RetrievalBody
{
    private const string SdpType = "application/sdp";

    /// <summary>Writes it, with the headers that it needs.</summary>
    public static SipRequestBuilder Write(SipRequestBuilder invite, byte[] offer, IReadOnlyList<string> messageIds)
    {
        if (messageIds.Count == 0)
        {
            return invite.Body(SdpType, offer);
        }

        var list = ResourceListWriter.Write(messageIds);
        var boundary = MultipartBoundary.Choose(offer, list);
        var body = new ArrayBufferWriter<byte>(offer.Length + list.Length + 256);
        var parts = new MultipartWriter(body, boundary);
        parts.BeginPart();
        parts.Header("Content-Type"u8, "application/sdp"u8);
        parts.BeginContent();
        body.Write(offer);
        parts.BeginPart();
        parts.Header("Content-Type"u8, "application/resource-lists+xml"u8);
        parts.Header("Content-Disposition"u8, "recipient-list"u8);
        parts.BeginContent();
        body.Write(list);
        parts.Close();
        return invite
            .Header(SipHeaderName.Require, "recipient-list-invite")
            .Body($"multipart/mixed;boundary={boundary}", body.WrittenMemory);
    }
}
