using System.Net;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>
/// The transports of one stack (RFC 3261 18): hands up what is well formed, answers or drops what is not, and finds the way
/// for what is sent. On the loop.
/// </summary>
public sealed class SipTransportLayer : ISipReceiver
{
    private readonly SipInstruments _instruments;
    private readonly SipIdentifiers _identifiers;
    private readonly SipResponseBuilder _refusal = new();
    private ISipTransport[] _transports = []; // replaced as a whole, so that adding one races with nothing
    private ISipMessageUser? _user;

    /// <summary>Creates a layer without transports.</summary>
    public SipTransportLayer(SipTransportOptions options, SipInstruments instruments, SipIdentifiers identifiers)
    {
        MaxUdpRequestBytes = options.MaxUdpRequestBytes;
        _instruments = instruments;
        _identifiers = identifiers;
    }

    /// <summary>Sees every message that passes; null for none.</summary>
    public IWireObserver? Observer { get; set; }

    internal int MaxUdpRequestBytes { get; }

    /// <summary>
    /// Adds a transport and begins to receive with it. The first of each kind is used for requests. One caller at a time, from any
    /// thread.
    /// </summary>
    public void Add(ISipTransport transport)
    {
        _transports = [.. _transports, transport];
        transport.Start(this);
    }

    /// <summary>The transport of a kind; null when there is none.</summary>
    public ISipTransport? Find(SipTransportKind kind)
    {
        foreach (var transport in _transports)
        {
            if (transport.Kind == kind)
            {
                return transport;
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public void Receive(SipFlow flow, SipMessage message, SipParseResult result, long receivedAt)
    {
        Observer?.OnFrame(WireDirection.Received, flow.Transport, flow.Local, flow.Remote, message.Octets);
        if (!result.IsParsed)
        {
            Refuse(flow, message, result.Error);
            return;
        }

        _instruments.MessageReceived(message, flow.Transport);
        if (message.IsRequest)
        {
            _user!.OnRequest(message, flow, receivedAt);
        }
        else
        {
            _user!.OnResponse(message, flow);
        }
    }

    /// <inheritdoc/>
    public void LoseFlow(SipFlow flow) => _user!.OnFlowLost(flow);

    /// <summary>Stops every transport; a second time there is none to stop.</summary>
    public async ValueTask StopAsync()
    {
        foreach (var transport in _transports)
        {
            await transport.DisposeAsync();
        }

        _transports = [];
    }

    internal void SetUser(ISipMessageUser user) => _user = user;

    /// <summary>Sends a request, or a response over its flow.</summary>
    internal SipSendResult Send(SipFlow flow, ReadOnlySpan<byte> octets, bool isRequest, SipMethod method, int status)
    {
        foreach (var transport in _transports)
        {
            // Several transports of a kind differ in their local end point; a stream's flow is known to one of them only.
            if (transport.Kind != flow.Transport || transport.Send(flow, octets) is var result && result == SipSendResult.FlowGone)
            {
                continue;
            }

            if (result == SipSendResult.Sent)
            {
                _instruments.MessageSent(isRequest, method, status, flow.Transport);
                Observer?.OnFrame(WireDirection.Sent, flow.Transport, flow.Local, flow.Remote, octets);
            }

            return result;
        }

        return SipSendResult.FlowGone;
    }

    /// <summary>Sends a response by the rules of RFC 3261 18.2.2 and RFC 3581 4.</summary>
    internal SipSendResult SendResponse(SipMessage request, SipFlow flow, ReadOnlySpan<byte> octets, int status)
    {
        var target = flow.IsReliable ? flow : ResponseFlow(request.TopVia, flow);
        var result = Send(target, octets, isRequest: false, request.Method, status);
        if (result == SipSendResult.FlowGone)
        {
            // 18.2.2: the connection is gone, so a new one is opened, to the address the request came from.
            _ = SendAnewAsync(request, flow, octets.ToArray(), status);
            return SipSendResult.Sent;
        }

        return result;
    }

    // 18.2.2: to the source address. RFC 3581 4: at the source port when rport was asked for, else at the port of sent-by.
    // A maddr is not obeyed: a request could aim our responses at any host with it.
    private static SipFlow ResponseFlow(in SipVia via, SipFlow flow)
    {
        var port = via.HasRport ? flow.Remote.Port : ViaPort(via, flow);
        return port == flow.Remote.Port ? flow : new SipFlow(flow.Transport, flow.Local, new IPEndPoint(flow.Remote.Address, port));
    }

    private static int ViaPort(in SipVia via, SipFlow flow) => via.Port > 0 ? via.Port : flow.Transport.DefaultPort();

    private async Task SendAnewAsync(SipMessage request, SipFlow flow, byte[] octets, int status)
    {
        var remote = new IPEndPoint(flow.Remote.Address, ViaPort(request.TopVia, flow));
        var anew = Find(flow.Transport) is { } transport ? await transport.OpenFlowAsync(remote) : null;
        if (anew is null || Send(anew, octets, isRequest: false, request.Method, status) != SipSendResult.Sent)
        {
            _instruments.MessageDropped(SipDropReason.Undeliverable);
        }
    }

    // One place maps what is wrong to its answer (RFC 3261 16.3, 21): SipParseErrors. No transaction is made for it (8.2.7).
    private void Refuse(SipFlow flow, SipMessage message, SipParseError error)
    {
        if (!message.CanBeAnswered)
        {
            _instruments.MessageDropped(SipDropReason.Unanswerable);
            return;
        }

        Span<byte> tag = stackalloc byte[SipIdentifiers.TagLength];
        _identifiers.NextTag(tag);
        var status = error.ToStatusCode();
        var phrase = System.Text.Encoding.ASCII.GetBytes(error.ToReasonPhrase());
        var octets = _refusal.Start(message, status, phrase, tag, flow.Remote).ToArray();
        _instruments.MessageRejected(status);
        SendResponse(message, flow, octets, status);
    }
}
