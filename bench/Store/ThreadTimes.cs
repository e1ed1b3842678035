using System.Diagnostics;
using System.Globalization;

namespace PosteRestante.Bench.Store;

/// <summary>User and system time of this process's threads by name, in microseconds (Linux: /proc/self/task).</summary>
internal sealed class ThreadTimes
{
    private const double MicrosecondsPerTick = 10_000;
    private const string SystemSuffix = " (system)";
    private readonly Dictionary<string, double> _byName = [];

    /// <summary>Of the whole process, threads that ended included.</summary>
    public double Total { get; private init; }

    public static ThreadTimes Read()
    {
        using var process = Process.GetCurrentProcess();
        var times = new ThreadTimes { Total = process.TotalProcessorTime.TotalMicroseconds };
        foreach (string task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            string stat = File.ReadAllText(Path.Combine(task, "stat"));
            int open = stat.IndexOf('(', StringComparison.Ordinal);
            int close = stat.LastIndexOf(')');
            string name = stat[(open + 1)..close];
            string[] fields = stat[(close + 2)..].Split(' ');
            times.Add(name, double.Parse(fields[11], CultureInfo.InvariantCulture));
            times.Add(name + SystemSuffix, double.Parse(fields[12], CultureInfo.InvariantCulture));
        }

        return times;
    }

    public ThreadTimes Since(ThreadTimes earlier)
    {
        var difference = new ThreadTimes { Total = Total - earlier.Total };
        foreach ((string name, double time) in _byName)
        {
            difference._byName[name] = time - earlier._byName.GetValueOrDefault(name);
        }

        return difference;
    }

    /// <summary>User and system time of the threads with such names.</summary>
    public double Of(params string[] prefixes) =>
        _byName.Where(pair => prefixes.Any(prefix => pair.Key.StartsWith(prefix, StringComparison.Ordinal))).Sum(static pair => pair.Value);

    /// <summary>System time alone.</summary>
    public double SystemOf(string name) => _byName.GetValueOrDefault(name + SystemSuffix);

    private void Add(string name, double ticks) =>
        _byName[name] = _byName.GetValueOrDefault(name) + (ticks * MicrosecondsPerTick);
}
