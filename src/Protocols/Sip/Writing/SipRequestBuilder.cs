using System.Text;

namespace PosteRestante.Protocols.Sip.Writing;

/// <summary>
/// Builds a request (RFC 3261 8.1.1). Via may be set last and again: the transaction knows the branch, the transport the sent-by.
/// </summary>
/// <remarks>
/// Usage: <c>builder.Start(SipMethod.Message, uri).From("&lt;sip:a@h&gt;", tag).To("&lt;sip:b@h&gt;").CallId(id).CSeq(1)
/// .MaxForwards(70).Body("text/plain", octets); … builder.Via("UDP", host, port, branch).ToArray();</c>
/// </remarks>
public sealed class SipRequestBuilder : SipMessageBuilder<SipRequestBuilder>
{
    private SipMethod _method;

    /// <summary>Starts a request.</summary>
    public SipRequestBuilder Start(SipMethod method, SipUri requestUri)
    {
        if (method.IsDefault || requestUri.IsDefault)
        {
            throw new ArgumentException("A request has a method and a Request-URI.", method.IsDefault ? nameof(method) : nameof(requestUri));
        }

        Restart();
        _method = method;
        StartLine.Write(method.Name).Write(" "u8).Write(requestUri.Text).Write(" SIP/2.0\r\n"u8);
        return this;
    }

    /// <summary>
    /// Starts the ACK for a final response other than 2xx (RFC 3261 17.1.1.3): all is the INVITE's, To is the response's.
    /// </summary>
    public SipRequestBuilder StartAck(SipMessage invite, SipMessage response) => StartHopByHop(SipMethod.Ack, invite, response);

    /// <summary>Starts the CANCEL of an INVITE (RFC 3261 9.1).</summary>
    public SipRequestBuilder StartCancel(SipMessage invite) => StartHopByHop(SipMethod.Cancel, invite, invite);

    /// <summary>Sets the topmost Via, in place of one set before.</summary>
    /// <param name="transport"><c>UDP</c>, <c>TCP</c>, <c>TLS</c> …</param>
    /// <param name="host">The host of sent-by, an IPv6 address in brackets.</param>
    /// <param name="port">The port of sent-by; -1 leaves it out.</param>
    /// <param name="branch">With the magic cookie <c>z9hG4bK</c>.</param>
    /// <param name="rport">Whether the response is wanted at the port this is sent from (RFC 3581).</param>
    public SipRequestBuilder Via(string transport, string host, int port, ReadOnlySpan<byte> branch, bool rport = true)
    {
        OwnVia.Clear();
        OwnVia.Write("Via: "u8);
        SipViaWriter.WriteOwn(OwnVia, transport, host, port, Safe(branch, nameof(branch)), rport);
        OwnVia.EndLine();
        return this;
    }

    /// <summary>Appends From.</summary>
    /// <param name="address">A name-addr, <c>"Bob" &lt;sip:bob@example.net&gt;</c>.</param>
    /// <param name="tag">Our tag.</param>
    public SipRequestBuilder From(string address, string tag) => Tagged(SipHeaderName.From, address, tag);

    /// <summary>Appends To.</summary>
    /// <param name="address">A name-addr.</param>
    /// <param name="tag">The peer's tag inside a dialog; null outside.</param>
    public SipRequestBuilder To(string address, string? tag = null) => Tagged(SipHeaderName.To, address, tag);

    /// <summary>Appends Call-ID.</summary>
    public SipRequestBuilder CallId(string callId) => Header(SipHeaderName.CallId, callId);

    /// <summary>Appends CSeq, with the method of the request.</summary>
    public SipRequestBuilder CSeq(uint number)
    {
        Fields.Write("CSeq: "u8).Write(number).Write(" "u8).Write(_method.Name).EndLine();
        return this;
    }

    /// <summary>Appends Max-Forwards; 70 by RFC 3261 8.1.1.6.</summary>
    public SipRequestBuilder MaxForwards(int hops = 70) => Header(SipHeaderName.MaxForwards, hops);

    private SipRequestBuilder StartHopByHop(SipMethod method, SipMessage invite, SipMessage to)
    {
        Start(method, invite.RequestUri);
        OwnVia.Write("Via: "u8).Write(invite.TopVia.Text).EndLine();
        Copy(invite, SipHeaderName.Route);
        Copy(invite, SipHeaderName.From);
        Copy(to, SipHeaderName.To);
        Copy(invite, SipHeaderName.CallId);
        return CSeq(invite.CSeq.Number).MaxForwards();
    }

    private SipRequestBuilder Tagged(SipHeaderName name, string address, string? tag) =>
        Header(name, tag is null ? Encoding.UTF8.GetBytes(address) : Encoding.UTF8.GetBytes($"{address};tag={tag}"));
}
