using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PosteRestante.Functional.Tests.Telemetry;

/// <summary>A collector that takes OTLP over HTTP and keeps what comes.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<byte[]> _traces = new();
    private readonly ConcurrentQueue<byte[]> _metrics = new();

    private OtlpReceiver(WebApplication server) => _server = server;

    /// <summary>What <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set to.</summary>
    public string EndPoint => _server.Urls.Single();

    /// <summary>The bodies of the requests with metrics.</summary>
    public IReadOnlyCollection<byte[]> Metrics => _metrics;

    /// <summary>The bodies of the requests with traces.</summary>
    public IReadOnlyCollection<byte[]> Traces => _traces;

    /// <summary>The spans that came.</summary>
    public IReadOnlyList<OtlpSpan> Spans => [.. _traces.SelectMany(request => OtlpSpan.ReadAll(request))];

    /// <summary>Starts on a free port.</summary>
    public static async Task<OtlpReceiver> StartAsync()
    {
        var server = WebApplication.CreateSlimBuilder().Build();
        var receiver = new OtlpReceiver(server);
        server.MapPost("/v1/traces", context => KeepAsync(context, receiver._traces));
        server.MapPost("/v1/metrics", context => KeepAsync(context, receiver._metrics));
        server.Urls.Add("http://127.0.0.1:0");
        await server.StartAsync();
        return receiver;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, ConcurrentQueue<byte[]> requests)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        requests.Enqueue(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }
}
