using System.Diagnostics;
using System.Diagnostics.Metrics;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Telemetry;

/// <summary>
/// Traces and metrics of the Deferred Messaging Function. A deposit and its retrieval are two traces, joined by a link.
/// </summary>
public sealed class EdgeTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "PosteRestante.SipEdge";

    private readonly Counter<long> _deposits;
    private readonly Counter<long> _refusals;
    private readonly Counter<long> _delivered;
    private readonly Counter<long> _pushes;
    private readonly UpDownCounter<long> _sessions;
    private readonly Histogram<double> _depositDuration;

    /// <summary>Makes the instruments.</summary>
    public EdgeTelemetry(IMeterFactory meters)
    {
        ArgumentNullException.ThrowIfNull(meters);
        var meter = meters.Create(Name);
        _deposits = meter.CreateCounter<long>("deferred.deposits", "{message}", "Deposits by outcome.");
        _refusals = meter.CreateCounter<long>("sip.requests.refused", "{request}", "Requests refused by the function, by method and status.");
        _delivered = meter.CreateCounter<long>("deferred.messages.delivered", "{message}", "Messages sent in retrievals, by outcome.");
        _pushes = meter.CreateCounter<long>("deferred.pushes", "{session}", "Pushes by outcome.");
        _sessions = meter.CreateUpDownCounter<long>("deferred.retrievals.active", "{session}", "Retrieval sessions that run.");
        _depositDuration = meter.CreateHistogram<double>(
            "messaging.process.duration", "s", "From a MESSAGE at the edge to its answer.");
    }

    /// <summary>The activity source.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Joins the trace of a retrieval to that of a deposit, which may be days older.</summary>
    /// <param name="retrieval">The activity of the retrieval; null when it is not traced.</param>
    /// <param name="traceParent">What was stored with the message; empty when its deposit was not traced.</param>
    public static void Link(Activity? retrieval, string traceParent)
    {
        if (retrieval is not null && ActivityContext.TryParse(traceParent, traceState: null, isRemote: true, out var deposit))
        {
            retrieval.AddLink(new ActivityLink(deposit));
        }
    }

    /// <summary>A deposit ended.</summary>
    public void DepositEnded(string outcome, TimeSpan duration)
    {
        _deposits.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
        if (_depositDuration.Enabled)
        {
            _depositDuration.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("messaging.operation.name", "store"));
        }
    }

    /// <summary>A request was refused.</summary>
    public void Refused(SipMethod method, int status)
    {
        // A peer invents methods at will; a tag must not.
        if (_refusals.Enabled)
        {
            _refusals.Add(
                1,
                new KeyValuePair<string, object?>("sip.method", method.IsKnown ? method.Name : "_OTHER"),
                new KeyValuePair<string, object?>("sip.response.status_code", status));
        }
    }

    /// <summary>A message of a retrieval ended.</summary>
    public void MessageSent(string outcome) => _delivered.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A push ended.</summary>
    public void PushEnded(string outcome) => _pushes.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A retrieval session began (1) or ended (-1).</summary>
    public void SessionsChanged(int difference) => _sessions.Add(difference);
}
