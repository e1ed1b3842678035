using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using PosteRestante.SipEdge.Telemetry;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>What the services of this process count as refused, by method and status.</summary>
internal sealed class RefusalCounts : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = [];

    public RefusalCounts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == EdgeTelemetry.Name && instrument.Name == "sip.requests.refused")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
            _counts.AddOrUpdate($"{tags[0].Value} {tags[1].Value}", value, (_, former) => former + value));
        _listener.Start();
    }

    public long Of(string methodAndStatus) => _counts.GetValueOrDefault(methodAndStatus);

    public void Dispose() => _listener.Dispose();
}
