using PosteRestante.Client.Settings;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>A 202 means stored: the serving process is killed under load, again and again, and started again.</summary>
public sealed class KillTests : IDisposable
{
    private const int Rounds = 4;
    private const int Senders = 4;
    private const int Window = 32;
    private const int MostDepositsOfARound = 1500;
    private const int RepeatedOfEachRound = 50;
    private const int MostMillisecondsAfter = 40;

    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 8);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("D9", "DM-12.2.2.3-1")]
    public Task Deposit_ProcessIsKilledUnderLoad_EveryAcknowledgedMessageIsThereOnce() => RunAsync(_mailboxes.Settings, sender: null);

    /// <summary>A challenge where a 202 was would make the sender's next attempt another message: it has the next CSeq.</summary>
    [Fact]
    [Requirement("D9", "DM-12.2.2.3-1")]
    public Task Deposit_ByDigestSendersAndProcessIsKilled_RepeatsGet202AndAreThereOnce() => RunAsync(
        [.. _mailboxes.Settings, "--Deposit:AllowUnauthenticated=false", "--Sip:Digest:NonceLifetime=01:00:00"],
        Mailboxes.AccountOf(_mailboxes.Users[0]));

    private async Task RunAsync(string[] settings, ClientAccount? sender)
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        Dictionary<string, Deposit> acknowledged = new(StringComparer.Ordinal);
        List<Deposit> unanswered = [];
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.Path, settings);
            await RepeatAsync(server, acknowledged.Values, random, $"repeat{round}", sender: null);
            await RepeatAsync(server, unanswered, random, $"retry{round}", sender);
            unanswered = await KillUnderLoadAsync(server, $"round{round}", random, acknowledged, sender);
            Notes.Say($"SIGKILL {round} of {Rounds} (seed {seed}): {unanswered.Count} requests in flight, {acknowledged.Count} acknowledged so far");
            unanswered.Count.ShouldBeGreaterThan(0);
        }

        await using var last = await ServerProcess.StartAsync(_folder.Path, settings);
        await RepeatAsync(last, acknowledged.Values, random, "repeat", sender: null);
        await RepeatAsync(last, unanswered, random, "retry", sender);
        Mailboxes.ShouldHoldOnce(await _mailboxes.CollectAsync(last.Sip), acknowledged.Values);
    }

    /// <summary>Sends some deposits again, octet for octet: each gets 202, and what was acknowledged is not stored again.</summary>
    /// <param name="sender">Who answers challenges; null where there must be none.</param>
    private async Task RepeatAsync(ServerProcess server, IEnumerable<Deposit> deposits, Random random, string name, ClientAccount? sender)
    {
        var repeated = random.GetItems(deposits.DefaultIfEmpty().ToArray(), RepeatedOfEachRound).OfType<Deposit>().Distinct().ToList();
        await using var load = new DepositLoad(server.Sip, _mailboxes.Users, name, window: 0, sender);
        load.MakeNoMore();
        load.SendAgain(repeated);
        await load.WhenAnsweredAsync();
        load.Refusals.ShouldBeEmpty();
        load.Acknowledged.Count.ShouldBe(repeated.Count);
    }

    /// <returns>What was sent before the kill and never answered.</returns>
    private async Task<List<Deposit>> KillUnderLoadAsync(ServerProcess server, string name, Random random, Dictionary<string, Deposit> acknowledged, ClientAccount? sender)
    {
        var loads = Enumerable.Range(1, Senders)
            .Select(number => new DepositLoad(server.Sip, _mailboxes.Users, $"{name}s{number}", Window, sender))
            .ToList();
        var killAfter = random.Next(1, MostDepositsOfARound);
        await await Task.WhenAny(loads.Select(load => load.WhenAcknowledged(killAfter)));
        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(MostMillisecondsAfter)), TimeProvider.System); // not at an answer, but anywhere between two

        // Frozen where it is, the process answers nothing more: what is in flight when its answers are read is so at the kill.
        server.Freeze();
        foreach (var load in loads)
        {
            await load.WhenReadAsync();
        }

        var sent = loads.SelectMany(load => load.InFlight.Values).ToList();
        await server.KillAsync();
        foreach (var load in loads)
        {
            await load.DisposeAsync();
            load.Refusals.ShouldAllBe(reply => reply.Status == 503); // a slow machine may refuse by the age of the queue
            foreach (var (callId, deposit) in load.Acknowledged)
            {
                acknowledged.Add(callId, deposit);
            }
        }

        return [.. sent.Where(deposit => !acknowledged.ContainsKey(deposit.CallId))];
    }
}
