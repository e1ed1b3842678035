using System.Diagnostics.Metrics;

namespace PosteRestante.SipStack.Networking;

/// <summary>The metrics of TLS, of SIP and MSRP alike.</summary>
public sealed class TlsInstruments
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "PosteRestante.Tls";

    private readonly Counter<long> _handshakes;

    /// <summary>Creates the instruments.</summary>
    public TlsInstruments(IMeterFactory meters)
        : this(meters.Create(MeterName))
    {
    }

    /// <summary>Creates the instruments on a meter of one's own.</summary>
    public TlsInstruments(Meter meter) =>
        _handshakes = meter.CreateCounter<long>("tls.handshakes", "{handshake}", "TLS handshakes, by how they ended.");

    internal void HandshakeEnded(TlsOutcome outcome) =>
        _handshakes.Add(1, new KeyValuePair<string, object?>("outcome", outcome.ToString()));
}
