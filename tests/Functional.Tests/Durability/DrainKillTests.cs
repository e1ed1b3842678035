using System.Globalization;
using PosteRestante.TestKit;
using PosteRestante.TestKit.Servers;

namespace PosteRestante.Functional.Tests.Durability;

/// <summary>The serving process is killed while it hands messages over: each is confirmed to the client, or comes again.</summary>
public sealed class DrainKillTests : IDisposable
{
    private const int Rounds = 4;
    private const int MostMillisecondsAfter = 40;
    private const int WaitingForDrain = 300;
    private const int MostAnswersOfADrain = 60;

    private readonly TemporaryFolder _folder = new();
    private readonly Mailboxes _mailboxes = new(users: 1);

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Requirement("DM-12.2.2.5-1")]
    public async Task Drain_ProcessIsKilledInTheMiddle_OnlyWhatWasAcknowledgedIsConfirmedAndNothingIsLost()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var user = _mailboxes.Users[0];
        IReadOnlyDictionary<string, Deposit> deposits;
        await using (var server = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings))
        {
            await using var load = await DepositLoad.RunAsync(server.Sip, [user], "drained", WaitingForDrain);
            deposits = load.Acknowledged;
            deposits.Count.ShouldBe(WaitingForDrain);
        }

        // By message: how often the client acknowledged it. The number behind the key in the Message-ID is the delivery's
        // generation, which only a confirmation moves on (design.md 4).
        Dictionary<string, int> answers = new(StringComparer.Ordinal);
        for (var round = 1; round <= Rounds; round++)
        {
            await using var server = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
            var offered = await KillWhileDrainingAsync(server, user, random);
            ShouldNotBeConfirmedMoreOftenThan(answers, offered.Keys);
            foreach (var (key, _) in offered.Where(one => one.Value).Select(one => Delivery(one.Key)))
            {
                answers[key] = answers.GetValueOrDefault(key) + 1;
            }

            Notes.Say($"SIGKILL in a drain {round} of {Rounds} (seed {seed}): {offered.Count} offered, {offered.Values.Count(wasAnswered => wasAnswered)} acknowledged");
            offered.Values.ShouldContain(false);
        }

        await using var last = await ServerProcess.StartAsync(_folder.Path, _mailboxes.Settings);
        await using (var collector = await Collector.StartAsync(last.Sip, Mailboxes.AccountOf(user), Task.CompletedTask))
        {
            await collector.MessagesAsync();
            ShouldNotBeConfirmedMoreOftenThan(answers, collector.Offered.Keys);
        }

        Mailboxes.ShouldHoldOnce(await _mailboxes.CollectAsync(last.Sip), deposits.Values);
    }

    private static void ShouldNotBeConfirmedMoreOftenThan(Dictionary<string, int> answers, IEnumerable<string> messageIds) =>
        messageIds.Select(Delivery)
            .Where(delivery => delivery.Generation - 1 > answers.GetValueOrDefault(delivery.Key))
            .ShouldBeEmpty("confirmed without an acknowledgement");

    private static (string Key, int Generation) Delivery(string messageId)
    {
        const int KeyLength = 26; // behind the letter d
        return (messageId[1..(KeyLength + 1)], int.Parse(messageId.AsSpan(KeyLength + 1), CultureInfo.InvariantCulture));
    }

    /// <summary>Some messages are acknowledged, the next are not, and then the process is killed.</summary>
    /// <returns>What was offered, and whether it was acknowledged before the kill.</returns>
    private static async Task<Dictionary<string, bool>> KillWhileDrainingAsync(ServerProcess server, string user, Random random)
    {
        var most = random.Next(0, MostAnswersOfADrain);
        var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = await Collector.StartAsync(
            server.Sip,
            Mailboxes.AccountOf(user),
            number =>
            {
                if (number <= most)
                {
                    return Task.CompletedTask;
                }

                held.TrySetResult();
                return killed.Task;
            });
        await held.Task.WaitAsync(Polling.Patience, TimeProvider.System);
        await ALittleAsync(random);
        await server.KillAsync();
        var offered = collector.Offered.ToDictionary(StringComparer.Ordinal);
        killed.SetResult();
        return offered;
    }

    // Not at an answer, but anywhere between two.
    private static Task ALittleAsync(Random random) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(MostMillisecondsAfter)), TimeProvider.System);
}
