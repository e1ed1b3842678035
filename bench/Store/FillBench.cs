using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Storage.Sqlite;

namespace PosteRestante.Bench.Store;

/// <summary>
/// The embedded store with very many records: fills it with small ones, closes it in order, opens it again, and reads some of
/// them in no order. <c>bench fill [records] [folder]</c>.
/// </summary>
internal static class FillBench
{
    private const int Reads = 100_000;

    /// <summary>Arguments: records (10,000,000), folder for the files.</summary>
    public static void Run(string[] args, TextWriter output)
    {
        var records = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
        var parent = args.Length > 1 ? args[1] : Path.GetTempPath();
        var folder = Directory.CreateDirectory(Path.Combine(parent, $"poste-fill-{Environment.ProcessId}")).FullName;
        try
        {
            var options = new SqliteStoreOptions { Folder = folder };
            Fill(options, records, output);
            Print(output, "fill_disk_mb", Megabytes(folder));
            Memory(output, "fill_closed");
            Read(options, records, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(SqliteStoreOptions options, long records, TextWriter output)
    {
        using var store = Open(options);
        var storage = store.CreateGrainStorage(new OctetSerializer());
        var load = new RecordLoad(storage);
        var steps = Math.Min(records, 10);
        var begun = TimeProvider.System.GetTimestamp();
        for (long step = 0; step < steps; step++)
        {
            var started = TimeProvider.System.GetTimestamp();
            var (from, to) = (records * step / steps, records * (step + 1) / steps);
            load.Write(from, to);
            var rate = (to - from) / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"filled to {to:N0}: {rate:F0}/s, working set {WorkingSet():F0} MB, managed {GC.GetTotalMemory(forceFullCollection: false) >> 20} MB, {Megabytes(options.Folder):F0} MB on disk"));
        }

        Print(output, "fill_per_s", records / TimeProvider.System.GetElapsedTime(begun).TotalSeconds);
        Print(output, "fill_cpu_us", Environment.CpuUsage.TotalTime.TotalMicroseconds / records);
        var closing = TimeProvider.System.GetTimestamp();
        store.Dispose();
        Print(output, "fill_close_s", TimeProvider.System.GetElapsedTime(closing).TotalSeconds);
    }

    private static void Read(SqliteStoreOptions options, long records, TextWriter output)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        var started = TimeProvider.System.GetTimestamp();
        using var store = Open(options);
        Print(output, "fill_reopen_s", TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        Print(output, "fill_reopen_cpu_s", (Environment.CpuUsage.TotalTime - cpu).TotalSeconds);
        Memory(output, "fill_reopened");
        var load = new RecordLoad(store.CreateGrainStorage(new OctetSerializer()));
        Report(output, "fill_read_one", load.Read(records, Reads, inFlight: 1), load);
        Report(output, "fill_read_64", load.Read(records, Reads, inFlight: 64), load);
        Print(output, "fill_missing", load.Missing);
        Memory(output, "fill_read");
    }

    private static void Report(TextWriter output, string name, TimeSpan time, RecordLoad load)
    {
        Print(output, $"{name}_per_s", Reads / time.TotalSeconds);
        Print(output, $"{name}_p50_us", load.Percentile(0.50));
        Print(output, $"{name}_p99_us", load.Percentile(0.99));
    }

    private static SqliteStore Open(SqliteStoreOptions options) =>
        SqliteStore.Open(options, TimeProvider.System, NullLogger<SqliteStore>.Instance);

    private static void Memory(TextWriter output, string name)
    {
        Print(output, $"{name}_managed_mb", GC.GetTotalMemory(forceFullCollection: true) / 1048576.0);
        Print(output, $"{name}_rss_mb", WorkingSet());
    }

    private static double WorkingSet()
    {
        using var self = Process.GetCurrentProcess();
        return self.WorkingSet64 / 1048576.0;
    }

    private static double Megabytes(string folder) =>
        Directory.EnumerateFiles(folder).Sum(static file => new FileInfo(file).Length) / 1048576.0;

    private static void Print(TextWriter output, string name, double value) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.###}"));
}
