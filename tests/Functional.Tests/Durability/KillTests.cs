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

    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 8);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("D9", "DM-12.2.2.3-1")]
    public async Task Deposit_ProcessIsKilledUnderLoad_EveryAcknowledgedMessageIsThereOnce()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        Dictionary<string, Deposit> acknowledged = new(StringComparer.Ordinal);
        List<Deposit> unanswered = [];
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
            await RepeatAsync(server, acknowledged.Values.Concat(unanswered), random, $"repeat{round}");
            unanswered = await KillUnderLoadAsync(server, $"round{round}", random.Next(1, MostDepositsOfARound), acknowledged);
            Notes.Say($"SIGKILL {round} of {Rounds} (seed {seed}): {unanswered.Count} requests in flight, {acknowledged.Count} acknowledged so far");
            unanswered.Count.ShouldBeGreaterThan(0);
        }

        await using var last = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
        await RepeatAsync(last, acknowledged.Values.Concat(unanswered), random, "repeat");
        Mailboxes.ShouldHoldOnce(await _mailboxes.CollectAsync(last.Sip), acknowledged.Values);
    }

    /// <summary>Sends some deposits again, acknowledged and unanswered ones: each gets 202, and nothing new is stored.</summary>
    private async Task RepeatAsync(ServerProcess server, IEnumerable<Deposit> deposits, Random random, string name)
    {
        var repeated = random.GetItems(deposits.DefaultIfEmpty().ToArray(), RepeatedOfEachRound).OfType<Deposit>().Distinct().ToList();
        await using var load = new DepositLoad(server.Sip, _mailboxes.Users, name, window: 0);
        load.MakeNoMore();
        load.SendAgain(repeated);
        await load.WhenAnsweredAsync();
        load.Refusals.ShouldBeEmpty();
        load.Acknowledged.Count.ShouldBe(repeated.Count);
    }

    /// <returns>What was sent before the kill and never answered.</returns>
    private async Task<List<Deposit>> KillUnderLoadAsync(ServerProcess server, string name, int killAfter, Dictionary<string, Deposit> acknowledged)
    {
        var loads = Enumerable.Range(1, Senders)
            .Select(sender => new DepositLoad(server.Sip, _mailboxes.Users, $"{name}s{sender}", Window))
            .ToList();
        await Task.WhenAny(loads.Select(load => load.WhenAcknowledged(killAfter)));
        var sent = loads.SelectMany(load => load.InFlight.Values).ToList();
        await server.KillAsync();
        foreach (var load in loads)
        {
            await load.DisposeAsync();
            load.Refusals.ShouldBeEmpty();
            foreach (var (callId, deposit) in load.Acknowledged)
            {
                acknowledged.Add(callId, deposit);
            }
        }

        return [.. sent.Where(deposit => !acknowledged.ContainsKey(deposit.CallId))];
    }
}
