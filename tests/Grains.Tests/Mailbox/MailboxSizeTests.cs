using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Records;
using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.Storage.Serialization;

namespace PosteRestante.Grains.Tests.Mailbox;

/// <summary>What a deposit costs and how large a head grows, whatever waits.</summary>
public class MailboxSizeTests(ITestOutputHelper output)
{
    private static readonly RecordSerializer Serializer = new([RecordCodecRegistration.Of(new MailboxHeadCodec())]);

    private readonly SimulatedWorld _world = new(
        1, new MailboxOptions { MaxMessages = 200_000, MaxOctets = long.MaxValue });

    [Fact]
    public void Deposit_With10000Waiting_WritesTwoRecords() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        await FillAsync(mailbox, 10_000);
        var pages = _world.Records.PageWrites;
        var (messages, heads) = (_world.Records.MessageWrites, _world.Records.HeadWrites);

        for (var i = 0; i < 320; i++)
        {
            await mailbox.DepositAsync(_world.Deposit($"late{i}", size: 1));
        }

        (_world.Records.MessageWrites - messages).ShouldBe(320);
        (_world.Records.HeadWrites - heads).ShouldBe(320);

        // One leaf for 32 deposits, and now and then a branch.
        (_world.Records.PageWrites - pages).ShouldBeLessThanOrEqualTo(12);
    });

    [Fact]
    public void Head_With100000Waiting_StaysSmall() => _world.Pump.Run(async () =>
    {
        var mailbox = _world.Activate();
        var largest = 0;
        for (var i = 0; i < 10; i++)
        {
            await FillAsync(mailbox, 10_000, i * 10_000);
            largest = Math.Max(largest, Serializer.ToOctets(mailbox.Writer.Head!).Length);
        }

        output.WriteLine($"head_bytes_100000={largest}");
        largest.ShouldBeLessThan(12 * 1024);
        mailbox.Writer.Head!.Totals.Count.ShouldBe(100_000);
        mailbox.Writer.Head.Levels.ShouldAllBe(level => level.Length <= _world.Options.FanOut);
        var begun = await mailbox.BeginAsync(new BeginDelivery { SessionId = "s" });
        begun.Count.ShouldBe(100_000);
        var page = await mailbox.NextPageAsync(new NextDeliveryPage
        {
            Token = begun.Token,
            AfterSequence = 99_990,
            MaxMessages = 64,
            MaxOctets = 1000,
        });
        page.Messages.Select(message => message.Sequence).ShouldBe(Enumerable.Range(99_991, 10).Select(i => (long)i));
        page.IsLast.ShouldBeTrue();
    });

    private async Task FillAsync(SimulatedMailbox mailbox, int count, int from = 0)
    {
        for (var i = 0; i < count; i += 100)
        {
            var first = from + i;
            await Task.WhenAll(Enumerable.Range(first, 100)
                .Select(n => mailbox.DepositAsync(_world.Deposit($"m{n}", size: 1)).AsTask()));
        }
    }
}
