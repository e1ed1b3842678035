using System.Globalization;
using System.Text;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

/// <summary>The ring against a dictionary and a queue, which forget nothing too early and nothing too late.</summary>
public sealed class CompletedTransactionsTests
{
    private const int Plenty = 5000;

    private static readonly TimeSpan TimerJ = TimeSpan.FromSeconds(32);
    private static readonly SipFlow Flow = new(SipTransportKind.Udp, TestStack.Us, TestStack.Them);

    [Theory]
    [InlineData(7)]
    [InlineData(700)]
    [InlineData(Plenty)]
    public void ManyTransactions_ComingAndGoing_AreFoundExactlyUntilTheirEnd(int limit)
    {
        var loop = new SimulatedLoop(42);
        var random = new Random(42);
        var evicted = 0;
        var table = loop.InTurn(() => new CompletedTransactions(loop, limit, () => evicted++));
        var kept = new Queue<(string Key, byte[] Response, TimeSpan EndAt)>();
        for (var round = 0; round < 200; round++)
        {
            loop.InTurn(() => AddSome(loop, table, kept, random, limit, round));
            loop.Advance(TimeSpan.FromMilliseconds(random.Next(2000)));
            while (kept.TryPeek(out var oldest) && oldest.EndAt <= loop.Uptime)
            {
                kept.Dequeue();
            }

            foreach (var (key, response, _) in kept)
            {
                table.TryFind(Octets(key), out var found).ShouldBeTrue(key);
                found.Response.SequenceEqual(response).ShouldBeTrue(key);
                found.Status.ShouldBe(202);
                found.Flow.ShouldBeSameAs(Flow);
            }

            table.Count.ShouldBeLessThanOrEqualTo(limit);
            table.TryFind(Octets($"none{round}"), out _).ShouldBeFalse();
        }

        (limit == Plenty ? evicted == 0 : evicted > 0).ShouldBeTrue();
        loop.Advance(TimerJ + TimeSpan.FromSeconds(1));
        table.Count.ShouldBe(0);
    }

    [Fact]
    public void Slabs_GivenUpInOrder_AreUsedAgain()
    {
        var slabs = new OctetSlabs();
        var (first, _) = slabs.Reserve(OctetSlabs.SlabLength);
        var (second, _) = slabs.Reserve(10);
        var (large, offset) = slabs.Reserve(OctetSlabs.SlabLength + 1);

        slabs.Count.ShouldBe(3);
        offset.ShouldBe(0);
        large.Length.ShouldBe(OctetSlabs.SlabLength + 1);
        slabs.ReleaseBefore(second);
        slabs.Count.ShouldBe(2);
        slabs.ReleaseBefore(null);
        slabs.Count.ShouldBe(0);
        slabs.Reserve(20).Slab.ShouldBeOneOf(first, second); // never the one that was made for a single large response
    }

    private static int AddSome(
        SimulatedLoop loop,
        CompletedTransactions table,
        Queue<(string Key, byte[] Response, TimeSpan EndAt)> kept,
        Random random,
        int limit,
        int round)
    {
        for (var i = random.Next(60); i > 0; i--)
        {
            var key = string.Create(CultureInfo.InvariantCulture, $"k{round}-{i}");
            var response = new byte[random.Next(1, 3000)];
            random.NextBytes(response);
            var endAt = loop.Uptime + TimerJ;
            table.Add(new TransactionKey(Octets(key)), Flow, response, 202, endAt);
            kept.Enqueue((key, response, endAt));
            if (kept.Count > limit)
            {
                kept.Dequeue();
            }
        }

        return kept.Count;
    }

    // An even number of octets, as keys have.
    private static byte[] Octets(string key) => Encoding.ASCII.GetBytes(key.Length % 2 == 0 ? key : key + "\0");
}
