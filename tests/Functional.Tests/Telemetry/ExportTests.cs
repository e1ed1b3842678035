using System.Text;
using PosteRestante.Functional.Tests.Durability;
using PosteRestante.Silo.Telemetry;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Telemetry;

/// <summary>What leaves by OTLP, seen by a collector.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Export_DepositAndRetrieval_AreTwoTracesJoinedByALink()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await RunAsync(receiver);

        var store = receiver.Spans.Where(span => span.Name == "store").ShouldHaveSingleItem();
        var retrieve = receiver.Spans.Where(span => span.Name == "retrieve" && span.Links.Count > 0).ShouldHaveSingleItem();
        retrieve.TraceId.ShouldNotBe(store.TraceId);
        retrieve.Links.ShouldBe([(store.TraceId, store.SpanId)]);
    }

    [Fact]
    public async Task Export_Metrics_CarryEveryAreaAndNobodysName()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await RunAsync(receiver);

        var exported = string.Concat(receiver.Metrics.Select(Encoding.Latin1.GetString));
        foreach (var area in TelemetryNames.Areas)
        {
            exported.ShouldContain(area);
        }

        exported.ShouldContain("poste-restante-under-test");
        (exported + string.Concat(receiver.Traces.Select(Encoding.Latin1.GetString))).ShouldNotContain(_mailboxes.Users[0]);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", true)]
    [InlineData("OTEL_SERVICE_NAME", false)]
    [InlineData("PATH", false)]
    public void Export_IsWanted_OnlyByTheStandardVariables(string variable, bool isWanted) =>
        TelemetryService.IsWanted([variable]).ShouldBe(isWanted);

    private async Task RunAsync(OtlpReceiver receiver)
    {
        await using var server = await ServerProcess.StartAsync(
            _folder.Path,
            _mailboxes.Settings,
            new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.EndPoint,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_SERVICE_NAME"] = "poste-restante-under-test",
            });
        await (await DepositLoad.RunAsync(server.Sip, _mailboxes.Users, "traced", 1)).DisposeAsync();

        (await _mailboxes.CollectAsync(server.Sip)).Count.ShouldBe(1);
        server.Stop(); // flushes
        (await server.WaitForExitAsync()).ShouldBe(0);
    }
}
