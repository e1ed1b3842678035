using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>The transactions of one stack (RFC 3261 17), between the transports and the dialogs. On the loop.</summary>
public sealed class SipTransactionLayer : ISipMessageUser
{
    private readonly ServerTransactions _servers;
    private readonly ClientTransactions _clients;

    /// <summary>Creates the layer above the transports.</summary>
    public SipTransactionLayer(
        EventLoop loop,
        SipTransportLayer transports,
        SipTimers timers,
        SipTransactionOptions options,
        SipInstruments instruments,
        SipIdentifiers identifiers,
        ILogger<SipTransactionLayer> logger)
    {
        Loop = loop;
        Transports = transports;
        Timers = timers;
        Options = options;
        Instruments = instruments;
        Identifiers = identifiers;
        _servers = new ServerTransactions(this, logger);
        _clients = new ClientTransactions(this);
        transports.SetUser(this);
    }

    /// <summary>Decides about new requests outside dialogs; null admits all.</summary>
    public ISipAdmission? Admission { get; set; }

    /// <summary>Server transactions at work; those that were cut down in Completed are not counted.</summary>
    public int ServerTransactionCount => _servers.Count;

    /// <summary>Completed server transactions of which only the response is kept, for retransmissions.</summary>
    public int CompletedTransactionCount => _servers.CompletedCount;

    /// <summary>Client transactions.</summary>
    public int ClientTransactionCount => _clients.Count;

    internal EventLoop Loop { get; }

    internal SipTransportLayer Transports { get; }

    internal SipTimers Timers { get; }

    internal SipTransactionOptions Options { get; }

    internal SipInstruments Instruments { get; }

    internal SipIdentifiers Identifiers { get; }

    internal ITransactionUser User { get; private set; } = null!;

    /// <summary>Sends a request in a transaction of its own.</summary>
    /// <param name="request">The request without Via; it is taken out during the call, so the builder is free afterwards.</param>
    /// <param name="destination">The next hop. Over 1300 octets, TCP is tried before UDP (RFC 3261 18.1.1).</param>
    /// <param name="user">Is told what comes of it.</param>
    public SipClientTransaction Send(SipRequestBuilder request, SipDestination destination, ISipClientUser user) =>
        _clients.Send(request, destination, user);

    /// <summary>Sends a request other than INVITE and waits for its final response.</summary>
    /// <inheritdoc cref="Send"/>
    public Task<SipClientResult> SendAsync(SipRequestBuilder request, SipDestination destination)
    {
        var awaiter = new SipClientAwaiter();
        _clients.Send(request, destination, awaiter);
        return awaiter.Task;
    }

    /// <inheritdoc/>
    void ISipMessageUser.OnRequest(SipMessage request, SipFlow flow, long receivedAt) => _servers.OnRequest(request, flow, receivedAt);

    /// <inheritdoc/>
    void ISipMessageUser.OnResponse(SipMessage response, SipFlow flow) => _clients.OnResponse(response, flow);

    /// <inheritdoc/>
    void ISipMessageUser.OnFlowLost(SipFlow flow) => _clients.OnFlowLost(flow);

    internal void SetUser(ITransactionUser user) => User = user;

    /// <summary>Sends a request outside any transaction: the ACK for a 2xx (17.1.1.3).</summary>
    /// <returns>The octets, to be sent again when the 2xx comes again.</returns>
    internal byte[] SendAck(SipRequestBuilder ack, SipFlow flow) => _clients.SendAck(ack, flow);

    /// <summary>Sends an ACK for a 2xx again (13.2.2.4).</summary>
    internal void ResendAck(byte[] octets, SipFlow flow) =>
        Transports.Send(flow, octets, isRequest: true, SipMethod.Ack, status: 0);
}
