using System.Runtime.InteropServices;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>What tells dialogs apart (RFC 3261 12): Call-ID octet for octet, tags without case.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DialogId
{
    private DialogId(string callId, string localTag, string remoteTag)
    {
        CallId = callId;
        LocalTag = localTag;
        RemoteTag = remoteTag;
    }

    /// <summary>The Call-ID.</summary>
    public string CallId { get; }

    /// <summary>Our tag, in lower case.</summary>
    public string LocalTag { get; }

    /// <summary>The peer's tag, in lower case; empty for a peer by RFC 2543 (12.1.1).</summary>
    public string RemoteTag { get; }

    /// <summary>The dialog as its server sees it: of a request in it, or of one that begins it with our tag.</summary>
    public static DialogId OfRequest(SipMessage request, SipText localTag) => Create(request.CallId, localTag, request.From.Tag);

    /// <summary>The dialog as its client sees it.</summary>
    public static DialogId OfResponse(SipMessage response) => Create(response.CallId, response.From.Tag, response.To.Tag);

    private static DialogId Create(SipText callId, SipText localTag, SipText remoteTag) =>
        new(callId.ToString(), localTag.ToString().ToLowerInvariant(), remoteTag.ToString().ToLowerInvariant());
}
