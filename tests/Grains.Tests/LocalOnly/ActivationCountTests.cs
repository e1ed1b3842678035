using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Embedded.Turns;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Tests.Cluster;

namespace PosteRestante.Grains.Tests.LocalOnly;

/// <summary>
/// What stays in memory of many messages, on the shards that production has: a message is awake only while it is stored or
/// read, so that memory grows with the mailboxes in use and never with the messages.
/// </summary>
public sealed class ActivationCountTests
{
    private const int Deposits = 100_000;
    private const int Mailboxes = 500;
    private const int InFlight = 250;
    private const int Patience = 1_000;
    private const string Message = "deferredmessage";
    private const string Mailbox = "usermailbox";

    [Fact]
    public async Task Deposits_HundredThousand_LeaveOnlyMailboxesAwake()
    {
        await using var cluster = await GrainCluster.StartAsync();
        var peak = 0;
        for (var first = 0; first < Deposits; first += InFlight)
        {
            var receipts = await Task.WhenAll(Enumerable.Range(first, InFlight).Select(number => DepositAsync(cluster, number)));
            receipts.Count(static receipt => receipt.Outcome == DepositOutcome.Stored).ShouldBe(InFlight);
            peak = first % (50 * InFlight) == 0 ? Math.Max(peak, await AwakeAsync(cluster, Message)) : peak;
        }

        (await AfterRestAsync(cluster)).ShouldBe(0, "Every message went to sleep after it was stored.");
        (await AwakeAsync(cluster, Mailbox)).ShouldBe(Mailboxes);
        peak.ShouldBeLessThanOrEqualTo(InFlight, "Only what was in flight was awake.");
        cluster.Records.Count("message").ShouldBe(Deposits);

        var brought = await Requests.DeliverAsync(cluster.Mailbox(Aor(0)), DeliveryKind.Pull, "s");

        brought.Count.ShouldBe(Deposits / Mailboxes);
        (await AfterRestAsync(cluster)).ShouldBe(0, "Every message went to sleep after it was read.");
        (await AwakeAsync(cluster, Mailbox)).ShouldBe(Mailboxes);
    }

    private static Task<DepositReceipt> DepositAsync(GrainCluster cluster, int number) =>
        cluster.Mailbox(Aor(number)).DepositAsync(Requests.Deposit($"m{number}", cluster.Clock.Now)).AsTask();

    private static string Aor(int number) => $"sip:user{number % Mailboxes}@localhost";

    // A message ends in a turn of its own after the one that answered: each look is a turn behind what waits.
    private static async Task<int> AfterRestAsync(GrainCluster cluster)
    {
        var awake = await AwakeAsync(cluster, Message);
        for (var look = 0; awake > 0 && look < Patience; look++)
        {
            awake = await AwakeAsync(cluster, Message);
        }

        return awake;
    }

    private static async Task<int> AwakeAsync(GrainCluster cluster, string grainType)
    {
        var runtime = cluster.Services.GetRequiredService<EmbeddedRuntime>();
        var counts = await Task.WhenAll(runtime.Shards.Select(shard =>
        {
            var count = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            shard.Enqueue(Turn.Internal(
                _ => count.SetResult(shard.Living().Count(living => living.Class.GrainType.ToString() == grainType)), null));
            return count.Task;
        }));
        return counts.Sum();
    }
}
