using System.Diagnostics.Metrics;

namespace PosteRestante.Storage.Telemetry;

/// <summary>What the embedded store measures of itself.</summary>
public sealed class StorageInstruments : IDisposable
{
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    };

    private readonly Meter _meter;
    private readonly Histogram<double> _commitDuration;
    private readonly Histogram<int> _batchWrites;
    private readonly Histogram<double> _roundDuration;
    private readonly Counter<long> _roundRecords;
    private readonly Gauge<long> _pendingBytes;
    private readonly Gauge<long> _applierLag;
    private readonly Counter<long> _failures;

    /// <summary>Creates the instruments of the meter <see cref="StorageTelemetry.MeterName"/>.</summary>
    public StorageInstruments(IMeterFactory meters)
    {
        _meter = meters.Create(StorageTelemetry.MeterName);
        _commitDuration = _meter.CreateHistogram("storage.commit.duration", "s", "Append and sync of one batch.", advice: Durations);
        _batchWrites = _meter.CreateHistogram<int>("storage.commit.writes", "{write}", "Writes that shared one sync.");
        _roundDuration = _meter.CreateHistogram("storage.round.duration", "s", "One round of the applier.", advice: Durations);
        _roundRecords = _meter.CreateCounter<long>("storage.round.records", "{record}", "Records that reached the tables.");
        _pendingBytes = _meter.CreateGauge<long>("storage.pending.size", "By", "Committed writes that wait for the tables.");
        _applierLag = _meter.CreateGauge<long>("storage.applier.lag", "{write}", "Committed writes that the tables do not hold.");
        _failures = _meter.CreateCounter<long>("storage.failures", "{failure}", "Failed commits and rounds, refused requests.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    internal void Committed(TimeSpan duration, int writes)
    {
        _commitDuration.Record(duration.TotalSeconds);
        _batchWrites.Record(writes);
    }

    internal void Pending(long bytes, long lag)
    {
        _pendingBytes.Record(bytes);
        _applierLag.Record(lag);
    }

    internal void Applied(TimeSpan duration, int records)
    {
        _roundDuration.Record(duration.TotalSeconds);
        _roundRecords.Add(records);
    }

    internal void CommitFailed(int writes) => _failures.Add(writes, ErrorType("commit"));

    internal void ApplyFailed() => _failures.Add(1, ErrorType("apply"));

    internal void Refused() => _failures.Add(1, ErrorType("refused"));

    private static KeyValuePair<string, object?> ErrorType(string name) => new("error.type", name);
}
