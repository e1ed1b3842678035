using System.Diagnostics.Metrics;

namespace PosteRestante.Grains.Telemetry;

/// <summary>What the grains count. No name of a user, mailbox or message is ever a tag.</summary>
public sealed class GrainInstruments
{
    /// <summary>The meter's name, for <c>AddMeter</c>.</summary>
    public const string MeterName = "PosteRestante.Grains";

    private readonly Counter<long> _stored;
    private readonly Counter<long> _duplicates;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _expired;
    private readonly Counter<long> _preemptions;
    private readonly Counter<long> _missing;
    private readonly Histogram<int> _batchSize;

    /// <summary>Makes the instruments.</summary>
    public GrainInstruments(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(MeterName);
        _stored = meter.CreateCounter<long>("deferred.messages.stored", "{message}", "Messages stored.");
        _duplicates = meter.CreateCounter<long>(
            "deferred.messages.duplicates", "{message}", "Deposits of a message that had been stored before.");
        _refused = meter.CreateCounter<long>("deferred.messages.refused", "{message}", "Deposits refused, by reason.");
        _delivered = meter.CreateCounter<long>("deferred.messages.delivered", "{message}", "Deliveries confirmed.");
        _expired = meter.CreateCounter<long>("deferred.messages.expired", "{message}", "Messages that expired in a mailbox.");
        _preemptions = meter.CreateCounter<long>(
            "deferred.delivery.preemptions", "{delivery}", "Deliveries ended by a pull of the owner.");
        _missing = meter.CreateCounter<long>(
            "deferred.messages.missing", "{message}", "Alarm: committed entries whose message record was not there.");
        _batchSize = meter.CreateHistogram(
            "deferred.mailbox.head.batch",
            "{operation}",
            "Operations in one write of a mailbox head.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
    }

    internal void Stored() => _stored.Add(1);

    internal void Duplicate() => _duplicates.Add(1);

    internal void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("error.type", reason));

    internal void Delivered(int count) => _delivered.Add(count);

    internal void Expired(int count) => _expired.Add(count);

    internal void Preempted() => _preemptions.Add(1);

    internal void Missing() => _missing.Add(1);

    internal void HeadWritten(int operations) => _batchSize.Record(operations);
}
