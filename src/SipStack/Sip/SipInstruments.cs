using System.Diagnostics;
using System.Diagnostics.Metrics;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip;

/// <summary>The metrics of SIP. Tags are bounded: method (known ones), status, transport, reason.</summary>
public sealed class SipInstruments
{
    /// <summary>The name of the meter, and of the activity source.</summary>
    public const string MeterName = "PosteRestante.Sip";

    private readonly Counter<long> _received;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _rejected;
    private readonly Counter<long> _dropped;
    private readonly Counter<long> _retransmissions;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _merged;
    private readonly Counter<long> _evicted;
    private readonly UpDownCounter<long> _connections;
    private readonly Histogram<double> _serverDuration;

    /// <summary>Creates the instruments.</summary>
    public SipInstruments(IMeterFactory meters)
        : this(meters.Create(MeterName))
    {
    }

    /// <summary>Creates the instruments on a meter of one's own.</summary>
    public SipInstruments(Meter meter)
    {
        _received = meter.CreateCounter<long>("sip.messages.received", "{message}", "SIP messages received and parsed.");
        _sent = meter.CreateCounter<long>("sip.messages.sent", "{message}", "SIP messages sent.");
        _rejected = meter.CreateCounter<long>("sip.messages.rejected", "{message}", "Malformed SIP messages that were answered.");
        _dropped = meter.CreateCounter<long>("sip.messages.dropped", "{message}", "SIP messages dropped without an answer.");
        _retransmissions = meter.CreateCounter<long>("sip.server.retransmissions", "{message}", "Retransmitted requests that a transaction absorbed.");
        _shed = meter.CreateCounter<long>("sip.server.shed", "{request}", "Requests refused statelessly because of overload.");
        _merged = meter.CreateCounter<long>("sip.server.merged", "{request}", "Requests that arrived again over another path (RFC 3261 8.2.2.2).");
        _evicted = meter.CreateCounter<long>("sip.server.completed.evicted", "{transaction}", "Completed server transactions forgotten before timer J, to keep their table within its bound.");
        _connections = meter.CreateUpDownCounter<long>("sip.connections", "{connection}", "Open stream connections.");
        _serverDuration = meter.CreateHistogram(
            "sip.server.transaction.duration",
            "s",
            "From the arrival of a request to its final response.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] });
    }

    internal void MessageReceived(SipMessage message, SipTransportKind transport)
    {
        if (_received.Enabled)
        {
            _received.Add(1, Tags(message.IsRequest, message.Method, message.StatusCode, transport));
        }
    }

    internal void MessageSent(bool isRequest, SipMethod method, int status, SipTransportKind transport)
    {
        if (_sent.Enabled)
        {
            _sent.Add(1, Tags(isRequest, method, status, transport));
        }
    }

    internal void MessageRejected(int status) => _rejected.Add(1, new KeyValuePair<string, object?>("sip.response.status_code", status));

    internal void MessageDropped(SipDropReason reason) => _dropped.Add(1, new KeyValuePair<string, object?>("error.type", Name(reason)));

    internal void RequestRetransmitted() => _retransmissions.Add(1);

    internal void RequestShed() => _shed.Add(1);

    internal void RequestMerged() => _merged.Add(1);

    internal void TransactionEvicted() => _evicted.Add(1);

    internal void ConnectionOpened() => _connections.Add(1);

    internal void ConnectionClosed() => _connections.Add(-1);

    internal void ServerTransactionAnswered(SipMethod method, int status, TimeSpan duration)
    {
        if (_serverDuration.Enabled)
        {
            _serverDuration.Record(
                duration.TotalSeconds,
                new KeyValuePair<string, object?>("sip.method", Name(method)),
                new KeyValuePair<string, object?>("sip.response.status_code", status));
        }
    }

    private static TagList Tags(bool isRequest, SipMethod method, int status, SipTransportKind transport)
    {
        var tags = new TagList
        {
            { "sip.method", Name(method) },
            { "network.transport", transport == SipTransportKind.Udp ? "udp" : "tcp" },
        };
        if (!isRequest)
        {
            tags.Add("sip.response.status_code", status);
        }

        return tags;
    }

    // A peer invents methods at will; a tag must not.
    private static string Name(SipMethod method) => method.IsKnown ? method.Name : "_OTHER";

    private static string Name(SipDropReason reason) =>
        reason switch
        {
            SipDropReason.LoopBehind => "loop_behind",
            SipDropReason.Unanswerable => "unanswerable",
            SipDropReason.StrayResponse => "stray_response",
            SipDropReason.StrayAck => "stray_ack",
            SipDropReason.Undeliverable => "undeliverable",
            SipDropReason.ConnectionLimit => "connection_limit",
            _ => "unfinished",
        };
}
