using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Finds the server transaction a request belongs to, or makes one and hands it to the user.</summary>
internal sealed partial class ServerTransactions
{
    private readonly SipTransactionLayer _layer;
    private readonly ILogger _logger;
    private readonly CompletedTransactions _completed;
    private readonly Dictionary<TransactionKey, SipServerTransaction> _working = new(TransactionKeyComparer.Instance);
    private readonly Dictionary<TransactionKey, SipServerTransaction>.AlternateLookup<ReadOnlySpan<byte>> _lookup;
    private readonly Dictionary<SipServerTransaction, SipServerTransaction> _merged = new(MergedRequestComparer.Instance);
    private readonly Dictionary<SipServerTransaction, SipServerTransaction>.AlternateLookup<SipMessage> _mergedLookup;

    private long _octets; // of the requests at work

    public ServerTransactions(SipTransactionLayer layer, ILogger logger)
    {
        _layer = layer;
        _logger = logger;
        _lookup = _working.GetAlternateLookup<ReadOnlySpan<byte>>();
        _mergedLookup = _merged.GetAlternateLookup<SipMessage>();
        _completed = new CompletedTransactions(
            layer.Loop, layer.Options.MaxCompletedTransactions, layer.Instruments.TransactionEvicted);
        Responses = new ServerResponses(layer.Identifiers);
    }

    public ServerResponses Responses { get; }

    public SipTransactionLayer Layer => _layer;

    /// <summary>Those at work.</summary>
    public int Count => _working.Count;

    public int CompletedCount => _completed.Count;

    public void OnRequest(SipMessage request, SipFlow flow, long receivedAt)
    {
        var length = TransactionKey.MaxLength(request);
        var room = length <= TransactionKey.UsualLength ? stackalloc byte[TransactionKey.UsualLength] : new byte[length];
        var isAck = request.Method == SipMethod.Ack;
        var key = TransactionKey.WriteServer(request, isAck ? SipMethod.Invite : request.Method, room);
        if (_lookup.TryGetValue(key, out var working))
        {
            working.OnMessage(request);
        }
        else if (!isAck && _completed.TryFind(key, out var completed))
        {
            _layer.Instruments.RequestRetransmitted();
            _layer.Transports.SendResponse(request, completed.Flow, completed.Response, completed.Status);
        }
        else if (isAck)
        {
            _layer.User.OnAck(request, flow);
        }
        else if (!IsRefused(request, flow, receivedAt))
        {
            Accept(new SipServerTransaction(this, new TransactionKey(key), request, flow, receivedAt));
        }
    }

    /// <summary>The final response was given.</summary>
    public void OnAnswered(SipServerTransaction transaction, int status)
    {
        _layer.Instruments.ServerTransactionAnswered(
            transaction.Request.Method,
            status,
            _layer.Loop.Time.GetElapsedTime(transaction.ReceivedAt));
        if (transaction.Request.Method == SipMethod.Message)
        {
            Unindex(transaction); // the deposit is over: a copy that comes later finds it in the store
        }
    }

    /// <summary>Cuts a NIST in Completed down; that of a REFER stays whole, as copies of it still get 482 (8.2.2.2).</summary>
    public void OnCompleted(SipServerTransaction transaction, byte[] response, int status, TimeSpan endAt)
    {
        if (transaction.Request.Method == SipMethod.Invite || transaction.Request.Method == SipMethod.Refer)
        {
            return;
        }

        Forget(transaction);
        _completed.Add(transaction.Key, transaction.Flow, response, status, endAt);
    }

    public void Remove(SipServerTransaction transaction) => Forget(transaction);

    private void Forget(SipServerTransaction transaction)
    {
        Unindex(transaction);
        transaction.Release();
        if (_working.Remove(transaction.Key))
        {
            _octets -= transaction.Request.Octets.Length;
        }
    }

    private void Unindex(SipServerTransaction transaction)
    {
        if (transaction.IsIndexed)
        {
            transaction.IsIndexed = false;
            _merged.Remove(transaction);
        }
    }

    // What belongs to a dialog, and what ends something, is never shed.
    private bool IsRefused(SipMessage request, SipFlow flow, long receivedAt)
    {
        if (request.Method == SipMethod.Cancel || !request.To.Tag.IsEmpty)
        {
            return false;
        }

        var retryAfter = Count >= _layer.Options.MaxServerTransactions || _octets >= _layer.Options.MaxServerTransactionOctets
            ? TimeSpan.FromSeconds(1)
            : _layer.Admission?.Refuse(request, flow, _layer.Loop.Time.GetElapsedTime(receivedAt));
        if (retryAfter is not { } delay)
        {
            return false;
        }

        _layer.Instruments.RequestShed();
        _layer.Transports.SendResponse(request, flow, Responses.BuildOverload(request, flow, delay), 503);
        return true;
    }

    private void Accept(SipServerTransaction transaction)
    {
        _working.Add(transaction.Key, transaction);
        _octets += transaction.Request.Octets.Length;
        transaction.Begin();
        if (transaction.Request.Method == SipMethod.Cancel)
        {
            AcceptCancel(transaction);
        }
        else if (!TryMerge(transaction))
        {
            PassToUser(transaction);
        }
    }

    // RFC 3261 8.2.2.2: the same request over another path. A MESSAGE shares the outcome of the one that is at work.
    private bool TryMerge(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.To.Tag.IsEmpty)
        {
            return false;
        }

        if (!_mergedLookup.TryGetValue(request, out var first))
        {
            _merged.Add(transaction, transaction);
            transaction.IsIndexed = true;
            return false;
        }

        _layer.Instruments.RequestMerged();
        if (request.Method != SipMethod.Message || !first.TryJoin(transaction, _layer.Options.MaxMergedPaths))
        {
            transaction.Respond(482);
        }

        return true;
    }

    // RFC 3261 9.2.
    private void AcceptCancel(SipServerTransaction cancel)
    {
        var room = new byte[TransactionKey.MaxLength(cancel.Request)];
        if (!_lookup.TryGetValue(TransactionKey.WriteServer(cancel.Request, SipMethod.Invite, room), out var invite))
        {
            cancel.Respond(481);
            return;
        }

        cancel.AdoptTag(invite);
        cancel.Respond(200);
        invite.Cancel();
    }

    // The boundary to foreign code: a bug there costs one request, which is answered.
    private void PassToUser(SipServerTransaction transaction)
    {
#pragma warning disable CA1031
        try
        {
            _layer.User.OnRequest(transaction);
        }
        catch (Exception fault)
        {
            LogUserFailed(_logger, transaction.Request.Method.Name, fault);
            transaction.Respond(500);
        }
#pragma warning restore CA1031
    }
}
