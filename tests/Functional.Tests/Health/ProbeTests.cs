using System.Net;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Health;

public sealed class ProbeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("health/live", """{"status":"live","parts":{"loop":"turning"}}""")]
    [InlineData("health/ready", """{"status":"ready","parts":{"store":"open","grains":"open","sip":"open","msrp":"open"}}""")]
    public async Task Probe_ServiceIsReady_SaysSo(string probe, string body)
    {
        await using var server = await ServerProcess.StartAsync(_folder.Path);
        using var http = new HttpClient();

        using var response = await http.GetAsync(new Uri(server.Http, probe));

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        (await response.Content.ReadAsStringAsync()).ShouldBe(body);
    }
}
