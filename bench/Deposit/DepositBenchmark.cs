using System.Globalization;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Deposit;

/// <summary>
/// Durable deposits as a core behind which the service stands would send them: 10,000 users, 256 in flight, 800-byte
/// messages; beside Kamailio msilo with PostgreSQL, before and after, driven by the same program with the same parameters.
/// </summary>
internal static class DepositBenchmark
{
    private const int WarmUpSeconds = 6;
    private const int MeasuredSeconds = 15;
    private const long Unlimited = 5_000_000;
    private const int BacklogRun = 2_000;
    private const int BacklogRounds = 7;

    private static readonly string[] Settings =
        ["--Accounts:WildcardDomains:0=lab.test", "--Identity:TrustedPeers:0=127.0.0.1", "--Service:Host=lab.test", "--Mailbox:MaxMessages=1000000"];

    /// <summary>Runs all of it. <c>--driver own|peers</c>: the load driver; the peers' one where it is, without the option.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        var acknowledged = Path.GetTempFileName();
        var wanted = args is ["--driver", var name, ..] ? name : null;
        if (LoadDriver.Find(wanted, acknowledged) is not { } driver)
        {
            output.WriteLine("left out: the load driver of the peers' scripts is not here (see ./bench.sh --help)");
            return;
        }

        output.WriteLine(driver.Name == "own" ? "the load comes from our own driver" : "the load comes from the peers' driver");
        var before = KamailioPeer.Deposit(output, driver);
        var ours = Spread(output, driver);
        Backlog(output, driver);
        var after = KamailioPeer.Deposit(output, driver);
        if (before is { } first && after is { } second)
        {
            var peer = Math.Max(first, second);
            Figures.Print(output, "deposit_udp_ratio", ours / peer, $"durable deposits over UDP, {ours:F0}/s against {first:F0}/s before and {second:F0}/s after");
        }

        File.Delete(acknowledged);
    }

    private static double Spread(TextWriter output, LoadDriver driver)
    {
        using var server = ServerUnderTest.Start(Settings);
        var port = server.Client.SipPort;
        driver.Run(port, "udp", Unlimited, WarmUpSeconds);
        server.WaitUntilIdle();

        var promises = new List<(string Name, int ProcessId, HashSet<long> Acknowledged)>();
        LoadResult Load(string name, string transport, long messages, int seconds, int rate = 0)
        {
            var result = driver.Run(port, transport, messages, seconds, rate: rate);
            output.WriteLine($"deposit {name}: {result.Line}");
            promises.Add((name, result.ProcessId, driver.Acknowledged()));
            return result;
        }

        var cpu = server.CpuTime();
        var udp = Load("udp", "udp", Unlimited, MeasuredSeconds);
        server.WaitUntilIdle();
        cpu = server.CpuTime() - cpu;
        Figures.Print(output, "deposit_udp_per_s", udp.Rate, "durable deposits over UDP, 256 in flight");
        Figures.Print(output, "deposit_udp_cpu_us", cpu.TotalMicroseconds / udp.Acknowledged, "user and system time of each, until the applier is idle");
        Figures.Print(output, "deposit_udp_p50_ms", udp.P50, "response time of half of them, closed loop");
        Figures.Print(output, "deposit_udp_p99_ms", udp.P99, "of 99 in a hundred");

        var tcp = Load("tcp", "tcp", Unlimited, MeasuredSeconds);
        Figures.Print(output, "deposit_tcp_per_s", tcp.Rate, "over TCP, 8 connections, 256 in flight");
        server.WaitUntilIdle();

        var open = Load("open loop", "udp", 10_000, 12, rate: 1_000);
        Figures.Print(output, "deposit_open_p50_ms", open.P50, "response time of half of them at 1,000/s");
        Figures.Print(output, "deposit_open_p99_ms", open.P99, "of 99 in a hundred");
        Figures.Print(output, "deposit_peak_mb", server.WorkingSetMegabytes(), "working set at the end");

        server.Kill();
        Figures.Print(output, "deposit_lost", CountLost(output, server.Folder, promises), "acknowledged and not in the store that was reopened after a SIGKILL");
        return udp.Rate;
    }

    private static int CountLost(TextWriter output, string folder, List<(string Name, int ProcessId, HashSet<long> Acknowledged)> promises)
    {
        var tables = ReopenedStore.Recover(folder);
        var lost = 0;
        foreach (var (name, processId, acknowledged) in promises)
        {
            var stored = ReopenedStore.Find(tables, processId);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"deposit {name}: {acknowledged.Count} acknowledged, {stored.Count} stored"));
            lost += acknowledged.Count(id => !stored.Contains(id));
        }

        return lost;
    }

    // The rate of one user's mailbox must not depend on what waits in it.
    private static void Backlog(TextWriter output, LoadDriver driver)
    {
        var (few, many) = (new List<double>(), new List<double>());
        for (var round = 0; round < BacklogRounds; round++)
        {
            few.Add(OneUser(driver, waiting: 100));
            many.Add(OneUser(driver, waiting: 10_000));
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"deposit to one user: {few[^1]:F0}/s with 100 waiting, {many[^1]:F0}/s with 10,000 waiting"));
        }

        few.Sort();
        many.Sort();
        Figures.Print(
            output, "deposit_backlog_ratio", many[BacklogRounds / 2] / few[BacklogRounds / 2], "one user with 10,000 waiting against 100, the middle of each");
    }

    private static double OneUser(LoadDriver driver, int waiting)
    {
        using var server = ServerUnderTest.Start(Settings);
        var port = server.Client.SipPort;
        driver.Run(port, "udp", waiting, 60, oneUser: true);
        driver.Run(port, "udp", Unlimited, 4, users: 9_999); // the same for both before what is measured; user 1 gets some ten of it
        server.WaitUntilIdle();
        return driver.Run(port, "udp", BacklogRun, 60, oneUser: true).Rate;
    }
}
