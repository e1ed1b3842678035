using System.Globalization;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Deposit;

/// <summary>The peers' load driver, which drives both sides alike.</summary>
internal sealed class LoadDriver(string program, string acknowledgedFile)
{
    /// <summary>Where the driver is; null when the peers' scripts are not here.</summary>
    public static string? Program => Environment.GetEnvironmentVariable("POSTE_BENCH_SIPLOAD");

    /// <summary>Runs a load of 800-byte messages.</summary>
    public LoadResult Run(
        int port, string transport, long messages, int seconds, int connections = 8, int inFlight = 256, int users = 10_000, int rate = 0, bool oneUser = false)
    {
        var (id, output) = Command.Run(
            program,
            [
                Text(port), transport, Text(connections), Text(inFlight), Text(messages), Text(users), Text(seconds), acknowledgedFile,
                Text(rate), oneUser ? "1" : "0",
            ]);
        return LoadResult.Parse(id, output);
    }

    /// <summary>The ids that the last run got a 2xx for.</summary>
    public HashSet<long> Acknowledged() =>
        [.. File.ReadLines(acknowledgedFile).Select(line => long.Parse(line, CultureInfo.InvariantCulture))];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
