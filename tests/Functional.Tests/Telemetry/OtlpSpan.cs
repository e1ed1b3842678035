using System.Text;

namespace PosteRestante.Functional.Tests.Telemetry;

/// <summary>What the tests look at of a span of OTLP (opentelemetry/proto/trace/v1/trace.proto).</summary>
internal sealed record OtlpSpan(string Name, string TraceId, string SpanId, IReadOnlyList<(string TraceId, string SpanId)> Links)
{
    private const int ResourceSpans = 1;
    private const int ScopeSpans = 2;
    private const int Spans = 2;
    private const int TraceIdField = 1;
    private const int SpanIdField = 2;
    private const int NameField = 5;
    private const int LinksField = 13;

    /// <summary>Reads the spans of an export request.</summary>
    public static IEnumerable<OtlpSpan> ReadAll(byte[] request) =>
        from resource in ProtobufField.Read(request)
        where resource.Number == ResourceSpans
        from scope in ProtobufField.Read(resource.Octets)
        where scope.Number == ScopeSpans
        from span in ProtobufField.Read(scope.Octets)
        where span.Number == Spans
        select Read(span.Octets);

    private static OtlpSpan Read(byte[] octets)
    {
        var fields = ProtobufField.Read(octets).ToLookup(field => field.Number, field => field.Octets);
        return new OtlpSpan(
            Encoding.UTF8.GetString(fields[NameField].Single()),
            Convert.ToHexStringLower(fields[TraceIdField].Single()),
            Convert.ToHexStringLower(fields[SpanIdField].Single()),
            [.. fields[LinksField].Select(ReadLink)]);
    }

    private static (string TraceId, string SpanId) ReadLink(byte[] octets)
    {
        var fields = ProtobufField.Read(octets).ToLookup(field => field.Number, field => field.Octets);
        return (Convert.ToHexStringLower(fields[TraceIdField].Single()), Convert.ToHexStringLower(fields[SpanIdField].Single()));
    }
}
