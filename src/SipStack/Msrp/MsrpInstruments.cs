using System.Diagnostics.Metrics;
using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>The metrics of MSRP. Tags are bounded: outcome, reason, status.</summary>
public sealed class MsrpInstruments
{
    /// <summary>The name of the meter, and of the activity source.</summary>
    public const string MeterName = "PosteRestante.Msrp";

    private readonly UpDownCounter<long> _connections;
    private readonly UpDownCounter<long> _sessions;
    private readonly Counter<long> _refusedConnections;
    private readonly Counter<long> _sent;
    private readonly Counter<long> _received;
    private readonly Counter<long> _answered;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _stray;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _octetsSent;
    private readonly Counter<long> _octetsReceived;

    /// <summary>Creates the instruments.</summary>
    public MsrpInstruments(IMeterFactory meters)
        : this(meters.Create(MeterName))
    {
    }

    /// <summary>Creates the instruments on a meter of one's own.</summary>
    public MsrpInstruments(Meter meter)
    {
        _connections = meter.CreateUpDownCounter<long>("msrp.connections", "{connection}", "Open MSRP connections.");
        _sessions = meter.CreateUpDownCounter<long>("msrp.sessions", "{session}", "MSRP sessions, waiting ones included.");
        _refusedConnections = meter.CreateCounter<long>("msrp.connections.refused", "{connection}", "Connections closed at once because of the limit.");
        _sent = meter.CreateCounter<long>("msrp.messages.sent", "{message}", "Messages whose outcome is known.");
        _received = meter.CreateCounter<long>("msrp.messages.received", "{message}", "Messages received whole.");
        _answered = meter.CreateCounter<long>("msrp.requests.refused", "{request}", "Requests answered with an error.");
        _malformed = meter.CreateCounter<long>("msrp.frames.malformed", "{frame}", "Frames that were malformed.");
        _stray = meter.CreateCounter<long>("msrp.frames.stray", "{frame}", "Responses and REPORTs that belong to nothing.");
        _ended = meter.CreateCounter<long>("msrp.sessions.ended", "{session}", "Sessions that are over, by reason.");
        _octetsSent = meter.CreateCounter<long>("msrp.octets.sent", "By", "Octets handed to the network.");
        _octetsReceived = meter.CreateCounter<long>("msrp.octets.received", "By", "Octets read.");
    }

    internal void ConnectionOpened() => _connections.Add(1);

    internal void ConnectionClosed() => _connections.Add(-1);

    internal void ConnectionRefused() => _refusedConnections.Add(1);

    internal void SessionMade() => _sessions.Add(1);

    internal void SessionEnded(MsrpSessionEnd end)
    {
        _sessions.Add(-1);
        if (_ended.Enabled)
        {
            _ended.Add(1, new KeyValuePair<string, object?>("msrp.session.end", Name(end)));
        }
    }

    internal void MessageSent(MsrpSendOutcomeKind outcome)
    {
        if (_sent.Enabled)
        {
            _sent.Add(1, new KeyValuePair<string, object?>("msrp.outcome", Name(outcome)));
        }
    }

    internal void MessageReceived() => _received.Add(1);

    internal void RequestRefused(int status)
    {
        if (_answered.Enabled)
        {
            _answered.Add(1, new KeyValuePair<string, object?>("msrp.status_code", status));
        }
    }

    internal void FrameMalformed(MsrpParseError error)
    {
        if (_malformed.Enabled)
        {
            _malformed.Add(1, new KeyValuePair<string, object?>("error.type", error.ToString()));
        }
    }

    internal void FrameStray() => _stray.Add(1);

    internal void OctetsSent(int count) => _octetsSent.Add(count);

    internal void OctetsReceived(long count) => _octetsReceived.Add(count);

    private static string Name(MsrpSessionEnd end) => end switch
    {
        MsrpSessionEnd.Closed => "closed",
        MsrpSessionEnd.ConnectionLost => "connection_lost",
        MsrpSessionEnd.ConnectFailed => "connect_failed",
        MsrpSessionEnd.NoFirstSend => "no_first_send",
        MsrpSessionEnd.RefusedByPeer => "refused_by_peer",
        MsrpSessionEnd.PeerSilent => "peer_silent",
        _ => "protocol_error",
    };

    private static string Name(MsrpSendOutcomeKind outcome) => outcome switch
    {
        MsrpSendOutcomeKind.Acknowledged => "acknowledged",
        MsrpSendOutcomeKind.Written => "written",
        MsrpSendOutcomeKind.Rejected => "rejected",
        MsrpSendOutcomeKind.InDoubt => "in_doubt",
        _ => "not_sent",
    };
}
