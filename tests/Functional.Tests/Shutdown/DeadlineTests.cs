using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PosteRestante.Functional.Tests.Durability;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Hosting;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Shutdown;

/// <summary>What the deadlines of a stop cover, and what the probes say meanwhile.</summary>
public sealed class DeadlineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Host_Stopping_HasTheTimeOfDrainAndCloseTogether()
    {
        HostOptions? host = null;
        await using var server = SiloServer.Create(
            Settings.Load(
                [
                    .. ServerProcess.FreePorts, "--Logging:LogLevel:Default=Warning", $"--Data:Folder={_folder.Path}",
                    "--Shutdown:DrainDeadline=00:00:40", "--Shutdown:CloseDeadline=00:00:03",
                ],
                preset: []),
            services => services.AddHostedService(provider =>
            {
                host = provider.GetRequiredService<IOptions<HostOptions>>().Value;
                return new Idle();
            }));
        await server.StartAsync(TestContext.Current.CancellationToken);
        await server.StopAsync(TestContext.Current.CancellationToken);

        host!.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(43));
    }

    [Fact]
    public async Task Probes_WhileItDrains_SayThatItLivesAndTakesNothingNew()
    {
        var user = _mailboxes.Users[0];
        await using var server = await ServerProcess.StartAsync(_folder.Path, [.. _mailboxes.Settings, "--Shutdown:DrainDeadline=00:01:00"]);
        await using var before = await DepositLoad.RunAsync(server.Sip, [user], "before", 1);
        var mayAnswer = new TaskCompletionSource();
        await using var collector = await Collector.StartAsync(server.Sip, Mailboxes.AccountOf(user), mayAnswer.Task);
        await collector.FirstMessage;

        server.Stop();
        await server.WaitForDrainAsync();
        var ready = await ProbeAsync(server, "ready");
        var live = await ProbeAsync(server, "live");
        mayAnswer.SetResult();
        (await server.WaitForExitAsync()).ShouldBe(0);

        ready.ShouldBe((HttpStatusCode.ServiceUnavailable, """{"status":"not ready","parts":{"store":"open","grains":"open","sip":"draining","msrp":"draining"}}"""));
        live.ShouldBe((HttpStatusCode.OK, """{"status":"live","parts":{"loop":"turning"}}"""));
        server.Output.ShouldNotContain("did not end before");
    }

    private static async Task<(HttpStatusCode Status, string Body)> ProbeAsync(ServerProcess server, string probe)
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(server.Http, $"health/{probe}"));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private sealed class Idle : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
