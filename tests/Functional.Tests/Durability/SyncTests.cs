using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PosteRestante.Silo.Configuration;
using PosteRestante.Silo.Hosting;
using PosteRestante.Storage.Engine;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>
/// No 202 precedes the commit that covers it: the whole service in the test's process, held at the journal. That a commit
/// is a sync is counted in <see cref="SystemCallTests"/>.
/// </summary>
public sealed class SyncTests : IDisposable
{
    private const int Window = 16;

    private readonly TemporaryFolder _folder = new();
    private readonly SyncRecorder _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("D9")]
    public async Task Deposit_SyncHasNotReturned_IsNotAnswered()
    {
        await using var server = await StartAsync();
        var before = _recorder.Syncs;
        await using var load = new DepositLoad(Sip(server), ["alice", "bob"], "held", window: 0);
        load.MakeNoMore();
        using (var hold = _recorder.Hold())
        {
            load.Send(Window);
            await hold.Reached.WaitAsync(Polling.Patience, TimeProvider.System);
            load.Acknowledged.ShouldBeEmpty();
            _recorder.Syncs.ShouldBe(before);
        }

        await load.WhenAnsweredAsync();
        load.Acknowledged.Count.ShouldBe(Window);
        load.Refusals.ShouldBeEmpty();
        _recorder.Syncs.ShouldBeGreaterThan(before);
        _recorder.Early.ShouldBe(0);
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Deposit_OneAfterTheOther_EachHasASyncOfItsOwn()
    {
        const int Deposits = 50;
        await using var server = await StartAsync();
        var before = _recorder.Syncs;
        await using (var load = new DepositLoad(Sip(server), ["bob"], "single", window: 1))
        {
            await load.WhenAcknowledged(Deposits);
        }

        // With one in flight, a 202 lets the next deposit out: as many syncs at least as answers.
        (_recorder.Syncs - before).ShouldBeGreaterThanOrEqualTo(Deposits);
        _recorder.Early.ShouldBe(0);
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Deposit_OctetsThatWaitAreAtTheirBound_IsRefusedWithRetryAfter()
    {
        await using var server = await StartAsync("--Deposit:MaxPendingOctets=1");
        await using var load = new DepositLoad(Sip(server), ["bob"], "bound", window: 0);
        load.MakeNoMore();
        using (var hold = _recorder.Hold())
        {
            load.Send(2);
            await load.WhenRefused;
            load.Acknowledged.ShouldBeEmpty();
        }

        await load.WhenAnsweredAsync();
        load.Acknowledged.Count.ShouldBe(1);
        var refusal = load.Refusals.ShouldHaveSingleItem();
        refusal.Status.ShouldBe(503);
        refusal.Has("Retry-After").ShouldBeTrue();
        await server.StopAsync(TestContext.Current.CancellationToken);
    }

    private static IPEndPoint Sip(SiloServer server) => new(IPAddress.Parse(server.Client.SipAddress), server.Client.SipPort);

    private async Task<SiloServer> StartAsync(params string[] more)
    {
        var settings = Settings.Load(
            [.. ServerProcess.FreePorts, "--Logging:LogLevel:Default=Warning", $"--Data:Folder={_folder.Path}", .. more],
            preset: []);
        var server = SiloServer.Create(settings, services => services.AddSingleton<IDurabilityObserver>(_recorder));
        await server.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }
}
