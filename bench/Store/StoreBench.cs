using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Bench.Store;

/// <summary>
/// The embedded store alone, under the load of deposits: a message record of about 1 KB under a random key, then
/// the mailbox head, rewritten with every deposit. <c>bench store [seconds] [inFlight] [users] [prefill]</c>.
/// </summary>
internal static class StoreBench
{
    /// <summary>Arguments: seconds (15), deposits in flight (256), users (10,000), deposits made before (0), folder for the files.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        int seconds = Argument(args, 0, 15);
        int inFlight = Argument(args, 1, 256);
        int users = Argument(args, 2, 10_000);
        int prefill = Argument(args, 3, 0);
        string folder = Directory.CreateDirectory(Path.Combine(args.Length > 4 ? args[4] : Path.GetTempPath(), $"poste-store-{Environment.ProcessId}")).FullName;
        try
        {
            Measure(new SqliteStoreOptions { Folder = folder }, seconds, inFlight, users, prefill, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Measure(SqliteStoreOptions options, int seconds, int inFlight, int users, int prefill, TextWriter output)
    {
        using (SqliteStore store = Open(options, "store_open_s", output))
        {
            IGrainStorage storage = store.CreateGrainStorage(new OctetSerializer());
            if (prefill > 0)
            {
                Phase(options.Limits, new DepositLoad(storage, users, seed: 1), 1024, int.MaxValue, prefill, "store_prefill", output);
            }

            Phase(options.Limits, new DepositLoad(storage, users, seed: 2), inFlight, seconds, long.MaxValue, "store", output);
        }

        Open(options, "store_reopen_s", output).Dispose();
        Print(output, "store_disk_bytes", Directory.EnumerateFiles(options.Folder).Sum(static file => new FileInfo(file).Length));
    }

    private static SqliteStore Open(SqliteStoreOptions options, string figure, TextWriter output)
    {
        long started = TimeProvider.System.GetTimestamp();
        var store = SqliteStore.Open(options, TimeProvider.System, NullLogger<SqliteStore>.Instance);
        Print(output, figure, TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        return store;
    }

    private static void Phase(StoreLimitsOptions limits, DepositLoad load, int inFlight, int seconds, long count, string name, TextWriter output)
    {
        ThreadTimes before = ThreadTimes.Read();
        long allocated = GC.GetTotalAllocatedBytes();
        long started = TimeProvider.System.GetTimestamp();
        load.Run(inFlight, TimeSpan.FromSeconds(seconds), count);
        double elapsed = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        WaitForApplier(limits);
        ThreadTimes used = ThreadTimes.Read().Since(before);
        double deposits = load.Deposits;
        Print(output, $"{name}_deposits_per_s", deposits / elapsed);
        Print(output, $"{name}_p50_us", load.Percentile(0.50));
        Print(output, $"{name}_p99_us", load.Percentile(0.99));
        Print(output, $"{name}_p999_us", load.Percentile(0.999));
        Print(output, $"{name}_writer_cpu_us", used.Of("store writer") / deposits);
        Print(output, $"{name}_writer_system_us", used.SystemOf("store writer") / deposits);
        Print(output, $"{name}_applier_system_us", used.SystemOf("store applier") / deposits);
        Print(output, $"{name}_applier_cpu_us", used.Of("store applier") / deposits);
        Print(output, $"{name}_reader_cpu_us", used.Of("store reader") / deposits);
        Print(output, $"{name}_gc_cpu_us", used.Of(".NET GC", ".NET BGC", ".NET Server GC") / deposits);
        Print(output, $"{name}_driver_cpu_us", load.DriverTime / deposits);
        Print(output, $"{name}_process_cpu_us", used.Total / deposits);
        Print(output, $"{name}_allocated_bytes", (GC.GetTotalAllocatedBytes() - allocated) / deposits);
        Print(output, $"{name}_gen2", GC.CollectionCount(2));
        Print(output, $"{name}_rss_mb", Environment.WorkingSet / 1048576.0);
    }

    /// <summary>A round starts after its interval at the latest; the time of one more later everything is applied.</summary>
    private static void WaitForApplier(StoreLimitsOptions limits)
    {
        using var pause = new ManualResetEventSlim();
        pause.Wait(2 * limits.RoundInterval);
    }

    private static int Argument(string[] args, int index, int otherwise) =>
        args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;

    private static void Print(TextWriter output, string name, double value) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.###}"));
}
