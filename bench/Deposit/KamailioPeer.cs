using System.Globalization;
using System.Text.RegularExpressions;
using PosteRestante.Bench.Support;

namespace PosteRestante.Bench.Deposit;

/// <summary>Kamailio msilo with PostgreSQL, run by the peers' script; what it says is printed as it is.</summary>
internal static partial class KamailioPeer
{
    /// <summary>Deposits per second: 30,000 messages to 10,000 users, 256 in flight. Null when it is not here.</summary>
    public static double? Deposit(TextWriter output, LoadDriver driver) =>
        Run(output, driver, ["deposit", "pg", "udp", "30000", "256", "8", "8"]) is { } said ? Rate(DepositRate().Match(said)) : null;

    /// <summary>
    /// Messages per second that one user with a backlog is sent, from its REGISTER to the last arrival; the rows are deleted
    /// later. Null when it is not here.
    /// </summary>
    public static double? Deliver(TextWriter output, LoadDriver driver, int messages) =>
        Run(output, driver, ["deliver", "pg", "tcp", messages.ToString(CultureInfo.InvariantCulture), "4"]) is { } said
            ? Rate(DeliverRate().Match(said))
            : null;

    // The script takes the driver that it finds in its folder.
    private static string? Run(TextWriter output, LoadDriver driver, string[] arguments)
    {
        if (Environment.GetEnvironmentVariable("POSTE_BENCH_KAMAILIO") is not { } script)
        {
            return null;
        }

        var folder = Directory.CreateTempSubdirectory("poste-peer-").FullName;
        driver.InstallInto(folder);
        var (_, said) = Command.Run("env", [$"SCRATCH={folder}", "bash", script, .. arguments]);
        Directory.Delete(folder, recursive: true);
        output.Write(said);
        return said;
    }

    private static double? Rate(Match match) =>
        match.Success ? double.Parse(match.Groups["rate"].ValueSpan, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex(@" = (?<rate>\d+)/s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DepositRate();

    [GeneratedRegex(@" = (?<rate>\d+) msg/s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DeliverRate();
}
