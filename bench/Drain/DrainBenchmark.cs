using System.Globalization;
using PosteRestante.Bench.Deposit;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Drain;

/// <summary>
/// A mailbox with 1,000 waiting messages is collected over MSRP by our client: from the INVITE to the BYE, which leaves after
/// the last confirmation is durable; beside Kamailio msilo, whose time ends with the last arrival, before and after. Then a
/// mailbox of 100,000, for the memory that it takes.
/// </summary>
internal static class DrainBenchmark
{
    private const int Messages = 1_000;
    private const int ManyMessages = 100_000;
    private const int InUse = 30_000;
    private const int JustStarted = 1_000;
    private const int WarmUps = 20;
    private const int Rounds = 15;

    private static readonly string[] Settings = ["--Retrieval:All=Undelivered", "--Mailbox:MaxMessages=1000000"];

    /// <summary>Runs it; <c>rate</c> or <c>peak</c> runs that half alone.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        if (args is not ["peak", ..])
        {
            var acknowledged = Path.GetTempFileName();
            CompareAsync(output, LoadDriver.Find(null, acknowledged)!).GetAwaiter().GetResult();
            File.Delete(acknowledged);
        }

        if (args is not ["rate", ..])
        {
            PeaksAsync(output).GetAwaiter().GetResult();
        }
    }

    private static async Task CompareAsync(TextWriter output, LoadDriver driver)
    {
        var before = KamailioPeer.Deliver(output, driver, Messages);
        var ours = await RateAsync(output);
        var after = KamailioPeer.Deliver(output, driver, Messages);
        if (before is { } first && after is { } second)
        {
            Figures.Print(
                output, "drain_ratio", ours / Math.Max(first, second), $"a drain, {ours:F0}/s against {first:F0}/s before and {second:F0}/s after");
        }
    }

    private static async Task PeaksAsync(TextWriter output)
    {
        var (few, many) = (await PeakAsync(Messages, InUse), await PeakAsync(ManyMessages, InUse));
        Figures.Print(
            output,
            "drain_peak_ratio",
            many / few,
            $"peak of memory while {ManyMessages} are drained against {Messages}, {many:F0} MB against {few:F0} MB, of a service in use: {InUse} messages of another user went through it since its start");
        (few, many) = (await PeakAsync(Messages, JustStarted), await PeakAsync(ManyMessages, JustStarted));
        Figures.Print(
            output,
            "drain_peak_cold_ratio",
            many / few,
            $"the same just after a start, {many:F0} MB against {few:F0} MB: the caches of the store fill up to Storage:TableCacheBytes, ReaderCacheBytes and Limits:RoundBytes");
    }

    private static async Task<double> RateAsync(TextWriter output)
    {
        using var server = ServerUnderTest.Start(Settings);
        await using var mailbox = new MailboxUnderTest(server);
        var rates = new List<double>();
        var arrived = Messages;
        for (var round = 0; round < WarmUps + Rounds; round++)
        {
            await mailbox.FillAsync(Messages);
            server.WaitUntilIdle();
            var begun = TimeProvider.System.GetTimestamp();
            arrived = Math.Min(arrived, await mailbox.DrainAsync());
            var took = TimeProvider.System.GetElapsedTime(begun);
            if (round >= WarmUps)
            {
                rates.Add(Messages / took.TotalSeconds);
            }
        }

        rates.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"drain of {Messages} messages, {Rounds} rounds: from {rates[0]:F0}/s to {rates[^1]:F0}/s"));
        Figures.Print(output, "drain_per_s", Math.Round(rates[Rounds / 2]), "the middle one; INVITE with digest to BYE, confirmed durably");
        Figures.Print(output, "drain_arrived", arrived, $"of {Messages}, the fewest of any round");
        return rates[Rounds / 2];
    }

    private static async Task<double> PeakAsync(int messages, int before)
    {
        using var server = ServerUnderTest.Start(Settings);
        await using (var filling = new MailboxUnderTest(server))
        {
            await filling.FillAsync(messages);
        }

        server.WaitUntilIdle();
        server.Restart();
        await using var mailbox = new MailboxUnderTest(server);
        await mailbox.WarmUpAsync(before);
        server.WaitUntilIdle();
        server.ForgetPeak();
        var arrived = await mailbox.DrainAsync();
        return arrived == messages ? server.PeakMegabytes() : throw new InvalidOperationException($"Of {messages} messages {arrived} arrived.");
    }
}
