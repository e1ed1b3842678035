using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Client.Sessions;
using PosteRestante.Functional.Tests.Durability;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Shutdown;

/// <summary>SIGTERM on the real process.</summary>
public sealed class DrainTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 2);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Stop_UnderLoad_EndsCleanAndLosesNothing()
    {
        IReadOnlyDictionary<string, Deposit> acknowledged;
        await using (var server = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings))
        await using (var load = new DepositLoad(server.Sip, _mailboxes.Users, "load", window: 64))
        {
            await load.WhenAcknowledged(500);
            server.Stop();

            (await server.WaitForExitAsync()).ShouldBe(0);
            await load.StopAsync();
            load.Refusals.ShouldAllBe(reply => reply.Status == 503 && reply.Has("Retry-After"));
            acknowledged = load.Acknowledged;
        }

        await using var again = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
        Mailboxes.ShouldHoldOnce(await _mailboxes.CollectAsync(again.Sip), acknowledged.Values);
    }

    [Fact]
    public async Task Stop_WhileARetrievalRuns_RefusesNewWorkAndLetsItFinish()
    {
        var user = _mailboxes.Users[0];
        await using var server = await ServerProcess.StartAsync(_folder.Path, [.. _mailboxes.Settings, "--Shutdown:DrainDeadline=00:01:00"]);
        await using var before = await DepositLoad.RunAsync(server.Sip, [user], "before", 1);
        var mayAnswer = new TaskCompletionSource();
        await using var collector = await Collector.StartAsync(server.Sip, Mailboxes.AccountOf(user), mayAnswer.Task);
        await collector.FirstMessage;

        server.Stop();
        await server.WaitForDrainAsync();
        (await ReadyAsync(server)).ShouldBe((HttpStatusCode.ServiceUnavailable, "draining"));
        await using var late = await DepositLoad.RunAsync(server.Sip, [user], "late", 1);
        late.Refusals.ShouldHaveSingleItem().Status.ShouldBe(503);
        late.Refusals.Single().Has("Retry-After").ShouldBeTrue();

        mayAnswer.SetResult();
        (await collector.MessagesAsync()).Count.ShouldBe(1);
        (await server.WaitForExitAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Stop_RetrievalDoesNotEnd_EndsAtTheDeadlineAndKeepsTheMessage()
    {
        var user = _mailboxes.Users[0];
        var never = new TaskCompletionSource();
        await using (var server = await ServerProcess.StartAsync(_folder.Path, [.. _mailboxes.Settings, "--Shutdown:DrainDeadline=00:00:00.200"]))
        await using (var load = await DepositLoad.RunAsync(server.Sip, [user], "kept", 1))
        {
            await using var collector = await Collector.StartAsync(server.Sip, Mailboxes.AccountOf(user), never.Task);
            await collector.FirstMessage;
            server.Stop();

            (await server.WaitForExitAsync()).ShouldBe(0);
            server.Output.ShouldContain("did not end before Shutdown:DrainDeadline");
            never.SetCanceled(TestContext.Current.CancellationToken);
        }

        await using var again = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
        (await Collector.CollectAsync(again.Sip, Mailboxes.AccountOf(user))).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Stop_WhileAPushRuns_LetsItFinish()
    {
        var account = Mailboxes.AccountOf(_mailboxes.Users[0]);
        await using var server = await ServerProcess.StartAsync(_folder.Path, [.. _mailboxes.Settings, "--Shutdown:DrainDeadline=00:01:00"]);
        await using var before = await DepositLoad.RunAsync(server.Sip, [_mailboxes.Users[0]], "before", 1);
        var (received, mayAnswer) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var client = ImClient.Start(
            new ImClientOptions { Aor = account.Aor, UserName = account.UserName, Password = account.Password, Server = server.Sip, UseTcp = true },
            NullLoggerFactory.Instance,
            TimeProvider.System,
            RandomNumberGenerator.Fill);
        using var leaving = new CancellationTokenSource();
        var stay = client.StayOnlineAsync(
            async _ =>
            {
                received.SetResult();
                await mayAnswer.Task;
            },
            cancellation: leaving.Token);
        await received.Task.WaitAsync(Polling.Patience, TimeProvider.System);

        server.Stop();
        await server.WaitForDrainAsync();
        mayAnswer.SetResult();
        (await server.WaitForExitAsync()).ShouldBe(0);
        server.Output.ShouldNotContain("did not end before Shutdown:DrainDeadline");
        await leaving.CancelAsync();
        (await stay).Received.ShouldBe(1);
    }

    private static async Task<(HttpStatusCode Status, string Sip)> ReadyAsync(ServerProcess server)
    {
        using var http = new HttpClient();
        var response = await http.GetAsync(new Uri(server.Http, "health/ready"));
        using var body = JsonDocument.Parse(await response.Content.ReadAsStreamAsync());
        return (response.StatusCode, body.RootElement.GetProperty("parts").GetProperty("sip").GetString()!);
    }
}
