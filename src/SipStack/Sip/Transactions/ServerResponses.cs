using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>Builds responses in builders that all server transactions of a loop share.</summary>
internal sealed class ServerResponses(SipIdentifiers identifiers)
{
    private readonly SipResponseBuilder _builder = new();
    private readonly SipResponseBuilder _ownBuilder = new();
    private SipServerTransaction? _started;
    private int _status;

    public byte[] NewTag()
    {
        var tag = new byte[SipIdentifiers.TagLength];
        identifiers.NextTag(tag);
        return tag;
    }

    /// <summary>Begins the response of a user.</summary>
    public SipResponseBuilder Start(SipServerTransaction transaction, int status, ReadOnlySpan<byte> reason)
    {
        (_started, _status) = (transaction, status);
        var tag = status == 100 ? default : transaction.ToTag;
        return reason.IsEmpty
            ? _builder.Start(transaction.Request, status, tag, transaction.Flow.Remote)
            : _builder.Start(transaction.Request, status, reason, tag, transaction.Flow.Remote);
    }

    /// <summary>Takes out the response that was begun.</summary>
    public byte[] Take(SipServerTransaction transaction, out int status)
    {
        if (_started != transaction)
        {
            throw new InvalidOperationException("A response is sent in the turn in which it is started, before another one is.");
        }

        _started = null;
        status = _status;
        return _builder.ToArray();
    }

    public byte[] BuildTrying(SipServerTransaction transaction) =>
        _ownBuilder.Start(transaction.Request, 100, default, transaction.Flow.Remote).ToArray();

    public byte[] BuildOverload(SipMessage request, SipFlow flow, TimeSpan retryAfter) =>
        _ownBuilder.Start(request, 503, NewTag(), flow.Remote)
            .Header(SipHeaderName.RetryAfter, (long)Math.Ceiling(retryAfter.TotalSeconds))
            .ToArray();

    /// <summary>The same response for a copy of the request that came over another path: only its Vias differ.</summary>
    public byte[] Readdress(byte[] octets, SipServerTransaction other)
    {
        var response = OwnMessages.Parse(octets);
        _ownBuilder.Start(other.Request, response.StatusCode, response.ReasonPhrase, response.To.Tag, other.Flow.Remote);
        foreach (var header in response.Headers)
        {
            if (!IsWrittenByStart(header.Name))
            {
                _ownBuilder.Header(header.NameText.ToString(), header.ToText());
            }
        }

        return _ownBuilder.ToArray();
    }

    private static bool IsWrittenByStart(SipHeaderName name) =>
        name is SipHeaderName.Via or SipHeaderName.From or SipHeaderName.To or SipHeaderName.CallId or SipHeaderName.CSeq
            or SipHeaderName.RecordRoute or SipHeaderName.Timestamp or SipHeaderName.ContentLength;
}
