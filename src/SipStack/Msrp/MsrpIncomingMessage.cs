namespace PosteRestante.SipStack.Msrp;

/// <summary>A message that arrives, as its first chunk announced it.</summary>
/// <param name="MessageId">The Message-ID.</param>
/// <param name="ContentType">The Content-Type, as written.</param>
/// <param name="AnnouncedLength">The total of the Byte-Range, if it was given; the last chunk may say otherwise.</param>
/// <param name="WantsSuccessReport">Whether a success REPORT is asked for.</param>
public sealed record MsrpIncomingMessage(
    string MessageId, string ContentType, long? AnnouncedLength, bool WantsSuccessReport)
{
    /// <summary>The other MIME header fields of the first chunk (<c>Content-…</c>), each with its CRLF; usually empty.</summary>
    public string MimeFields { get; init; } = string.Empty;
}
