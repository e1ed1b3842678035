using System.Globalization;
using System.Security.Cryptography;
using PosteRestante.Bench.Drain;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Large;

/// <summary>
/// A message of 1 GiB goes in over MSRP, and out again to a client that writes it to a file; beside a copy of the same file by
/// TCP over the loopback, and one that is synced.
/// </summary>
internal static class LargeBenchmark
{
    private const long Length = 1L << 30;
    private const long WarmUpLength = 64L << 20;
    private const double Megabyte = 1024 * 1024;

    private static readonly string[] Settings =
    [
        "--Deposit:Large:MaxBytes=2147483648", "--Msrp:MaxMessageBytes=2147483648", "--Mailbox:MaxOctets=8589934592",
        "--Retrieval:All=Undelivered",
    ];

    /// <summary>Runs it.</summary>
    public static void Run(TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("poste-large-").FullName;
        try
        {
            RunAsync(folder, output).GetAwaiter().GetResult();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, TextWriter output)
    {
        var source = Path.Combine(folder, "source");
        Fill(source, Length);
        var (overTcp, synced) = (PlainCopy.OverTcp(source, folder), PlainCopy.OfFile(source, folder));
        using var server = ServerUnderTest.Start(Settings);
        await using var mailbox = new MailboxUnderTest(server, folder);
        await WarmUpAsync(mailbox, folder);
        server.WaitUntilIdle();
        var idle = server.WorkingSetMegabytes();

        server.ForgetPeak();
        var into = Length / (await TimeAsync(() => mailbox.SendFileAsync(source))).TotalSeconds;
        var peakIn = server.PeakMegabytes();
        server.WaitUntilIdle();
        server.ForgetPeak();
        var outOf = Length / (await TimeAsync(() => mailbox.DrainAsync())).TotalSeconds;
        var peakOut = server.PeakMegabytes();
        mailbox.CompareBody(source);

        (overTcp, synced) = (Math.Max(overTcp, PlainCopy.OverTcp(source, folder)), Math.Max(synced, PlainCopy.OfFile(source, folder)));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"1 GiB in at {into / Megabyte:F0} MiB/s, out at {outOf / Megabyte:F0} MiB/s; copied over TCP at {overTcp / Megabyte:F0} MiB/s, to a synced file at {synced / Megabyte:F0} MiB/s (the better of before and after)"));
        Figures.Print(output, "large_in_ratio", into / synced, "in, from the INVITE until it is durable, against the synced copy of a file");
        Figures.Print(output, "large_out_ratio", outOf / overTcp, "out to a file of the client, against a copy over TCP from file to file");
        Figures.Print(
            output, "large_peak_mb", Math.Max(peakIn, peakOut) - idle, $"peak of memory above {idle} MB when idle, {peakIn:F0} MB in and {peakOut:F0} MB out");
    }

    private static async Task WarmUpAsync(MailboxUnderTest mailbox, string folder)
    {
        var small = Path.Combine(folder, "small");
        Fill(small, WarmUpLength);
        await mailbox.SendFileAsync(small);
        await mailbox.DrainAsync();
        mailbox.CompareBody(small);
    }

    private static void Fill(string path, long length)
    {
        using var file = File.Create(path);
        var piece = new byte[1 << 20];
        for (var left = length; left > 0; left -= piece.Length)
        {
            RandomNumberGenerator.Fill(piece.AsSpan(0, 4096)); // enough to tell pieces apart
            file.Write(piece);
        }
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> deed)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await deed();
        return TimeProvider.System.GetElapsedTime(begun);
    }
}
