using System.Net;

namespace PosteRestante.Protocols.Sip.Writing;

/// <summary>
/// Builds the response to a request (RFC 3261 8.2.6): Via, From, To, Call-ID and CSeq are the request's, To gets our tag,
/// Record-Route is copied where a dialog may come of it.
/// </summary>
/// <remarks>
/// Usage: <c>byte[] octets = builder.Start(request, 202, toTag, source).Header(SipHeaderName.Server, "…").ToArray();</c>
/// A request that could not be parsed is answered with what it has, as long as <see cref="SipMessage.CanBeAnswered"/>.
/// </remarks>
public sealed class SipResponseBuilder : SipMessageBuilder<SipResponseBuilder>
{
    /// <summary>Starts a response with the phrase of RFC 3261.</summary>
    /// <param name="request">The request; its octets are only read during the call.</param>
    /// <param name="statusCode">100 to 699.</param>
    /// <param name="toTag">Our tag; empty in a 100. Not used when the request has a To tag.</param>
    /// <param name="source">Where the request came from, for <c>received</c> and <c>rport</c> (RFC 3261 18.2.1, RFC 3581 4); null leaves Via as it is.</param>
    public SipResponseBuilder Start(SipMessage request, int statusCode, ReadOnlySpan<byte> toTag, IPEndPoint? source = null) =>
        Start(request, statusCode, SipReasonPhrases.Get(statusCode), toTag, source);

    /// <inheritdoc cref="Start(SipMessage, int, ReadOnlySpan{byte}, IPEndPoint?)"/>
    /// <param name="reasonPhrase">The reason phrase.</param>
    public SipResponseBuilder Start(SipMessage request, int statusCode, ReadOnlySpan<byte> reasonPhrase, ReadOnlySpan<byte> toTag, IPEndPoint? source)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(statusCode, 100);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(statusCode, 699);
        Restart();
        StartLine.Write("SIP/2.0 "u8).Write(statusCode).Write(" "u8).Write(Safe(reasonPhrase, nameof(reasonPhrase))).EndLine();
        WriteVias(request, source);
        CopyFirst(request, SipHeaderName.From);
        WriteTo(request, toTag);
        CopyFirst(request, SipHeaderName.CallId);
        CopyFirst(request, SipHeaderName.CSeq);
        if (statusCode is > 100 and < 300 && request.Method != SipMethod.Message)
        {
            Copy(request, SipHeaderName.RecordRoute); // RFC 3261 12.1.1
        }

        if (statusCode == 100)
        {
            Copy(request, SipHeaderName.Timestamp); // RFC 3261 8.2.6.1
        }

        return this;
    }

    // A request that repeats one of these is answered too.
    private void CopyFirst(SipMessage request, SipHeaderName name)
    {
        if (request.TryGet(name, out var value))
        {
            Fields.Write(SipHeaderNames.ToOctets(name)).Write(": "u8).Write(value).EndLine();
        }
    }

    private void WriteVias(SipMessage request, IPEndPoint? source)
    {
        var index = request.NextHeader(SipHeaderName.Via, 0);
        if (index >= 0 && source is not null && !request.TopVia.IsDefault)
        {
            var value = request.ValueAt(index);
            Fields.Write("Via: "u8);
            SipViaWriter.WriteReceived(Fields, request.TopVia, source);
            Fields.Write(value.Span[SipValueCollection.FirstLength(value.Span)..]).EndLine();
            index = request.NextHeader(SipHeaderName.Via, index + 1);
        }

        for (; index >= 0; index = request.NextHeader(SipHeaderName.Via, index + 1))
        {
            Fields.Write("Via: "u8).Write(request.ValueAt(index)).EndLine();
        }
    }

    private void WriteTo(SipMessage request, ReadOnlySpan<byte> toTag)
    {
        if (!request.TryGet(SipHeaderName.To, out var to))
        {
            return;
        }

        Fields.Write("To: "u8).Write(to);
        if (!toTag.IsEmpty && !request.To.IsDefault && request.To.Tag.IsEmpty)
        {
            Fields.Write(";tag="u8).Write(Safe(toTag, nameof(toTag)));
        }

        Fields.EndLine();
    }
}
