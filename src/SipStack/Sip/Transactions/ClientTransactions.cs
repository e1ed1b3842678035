using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Makes client transactions and finds the one a response belongs to.</summary>
internal sealed class ClientTransactions
{
    private readonly SipTransactionLayer _layer;
    private readonly SipRequestBuilder _builder = new();
    private readonly Dictionary<TransactionKey, SipClientTransaction> _transactions = new(TransactionKeyComparer.Instance);
    private readonly Dictionary<TransactionKey, SipClientTransaction>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public ClientTransactions(SipTransactionLayer layer)
    {
        _layer = layer;
        _lookup = _transactions.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public SipTransactionLayer Layer => _layer;

    public int Count => _transactions.Count;

    public SipClientTransaction Send(SipRequestBuilder request, SipDestination destination, ISipClientUser user)
    {
        var branch = _layer.Identifiers.NextBranch();
        var attempts = Plan(request, destination, branch);
        return attempts.Count > 0
            ? Begin(attempts[0].Request, attempts, user)
            : Begin(OwnMessages.Parse(request.Via("UDP", "localhost", -1, branch).ToArray()), attempts, user);
    }

    /// <summary>RFC 3261 9.1: a request of its own, with the branch of the INVITE and over its flow.</summary>
    public void SendCancel(SipClientTransaction invite)
    {
        var cancel = OwnMessages.Parse(_builder.StartCancel(invite.Request).ToArray());
        var flow = invite.Flow!;
        Begin(cancel, [new SipClientAttempt(_layer.Transports.Find(flow.Transport)!, flow.Remote, flow, cancel)], SilentClientUser.Instance);
    }

    public byte[] BuildAck(SipMessage invite, SipMessage response) => _builder.StartAck(invite, response).ToArray();

    public byte[] SendAck(SipRequestBuilder ack, SipFlow flow)
    {
        var transport = _layer.Transports.Find(flow.Transport)!;
        var octets = ack.Via(flow.Transport.ToViaText(), transport.SentByHost, transport.SentByPort, _layer.Identifiers.NextBranch()).ToArray();
        _layer.ResendAck(octets, flow);
        return octets;
    }

    public void OnResponse(SipMessage response, SipFlow flow)
    {
        var length = TransactionKey.MaxLength(response);
        var room = length <= TransactionKey.UsualLength ? stackalloc byte[TransactionKey.UsualLength] : new byte[length];
        if (_lookup.TryGetValue(TransactionKey.WriteClient(response.TopVia.Branch, response.CSeq.Method, room), out var transaction))
        {
            transaction.OnResponse(response);
        }
        else if (response is { StatusCode: >= 200 and < 300 } && response.CSeq.Method == SipMethod.Invite)
        {
            _layer.User.OnStraySuccess(response, flow);
        }
        else
        {
            _layer.Instruments.MessageDropped(SipDropReason.StrayResponse); // 18.1.2
        }
    }

    public void OnFlowLost(SipFlow flow)
    {
        foreach (var transaction in _transactions.Values.Where(t => flow.Equals(t.Flow)).ToArray())
        {
            transaction.OnFlowLost();
        }
    }

    public void Remove(SipClientTransaction transaction) => _transactions.Remove(transaction.Key);

    private SipClientTransaction Begin(SipMessage request, List<SipClientAttempt> attempts, ISipClientUser user)
    {
        var room = new byte[TransactionKey.MaxLength(request)];
        var key = new TransactionKey(TransactionKey.WriteClient(request.TopVia.Branch, request.Method, room));
        var transaction = new SipClientTransaction(this, key, request, attempts, user);
        if (_transactions.Count >= _layer.Options.MaxClientTransactions)
        {
            _layer.Loop.Post(static state => ((SipClientTransaction)state!).Fail(SipTransactionFailure.TooMany), transaction);
            return transaction;
        }

        _transactions.Add(key, transaction);
        _layer.Loop.Post(static state => _ = ((SipClientTransaction)state!).StartAsync(), transaction);
        return transaction;
    }

    // RFC 3261 18.1.1: a long request goes over TCP, and over UDP after all when that fails.
    private List<SipClientAttempt> Plan(SipRequestBuilder request, SipDestination destination, byte[] branch)
    {
        var attempts = new List<SipClientAttempt>(2);
        if (_layer.Transports.Find(destination.Transport) is { } transport)
        {
            attempts.Add(Attempt(transport, destination.Flow));
        }

        if (attempts is [{ Transport.Kind: SipTransportKind.Udp } only]
            && only.Request.Octets.Length > _layer.Transports.MaxUdpRequestBytes
            && _layer.Transports.Find(SipTransportKind.Tcp) is { } tcp)
        {
            attempts.Insert(0, Attempt(tcp, null));
        }

        return attempts;

        SipClientAttempt Attempt(ISipTransport over, SipFlow? flow) => new(
            over,
            destination.EndPoint,
            flow,
            OwnMessages.Parse(request.Via(over.Kind.ToViaText(), over.SentByHost, over.SentByPort, branch).ToArray()));
    }
}
