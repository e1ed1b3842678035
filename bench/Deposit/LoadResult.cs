using System.Globalization;
using System.Text.RegularExpressions;

namespace PosteRestante.Bench.Deposit;

/// <summary>The one line of results of the peers' load driver.</summary>
internal sealed partial record LoadResult(int ProcessId, long Acknowledged, double Rate, double P50, double P99, string Line)
{
    /// <summary>Reads the line.</summary>
    public static LoadResult Parse(int processId, string output)
    {
        var match = Pattern().Match(output);
        return match.Success
            ? new LoadResult(
                processId,
                long.Parse(match.Groups["acked"].ValueSpan, CultureInfo.InvariantCulture),
                Number(match, "rate"),
                Number(match, "p50"),
                Number(match, "p99"),
                output.Trim())
            : throw new InvalidOperationException($"The load driver said: {output}");
    }

    private static double Number(Match match, string group) =>
        double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"acked=(?<acked>\d+) in [\d.]+s = (?<rate>\d+)/s\s+ms p50=(?<p50>[\d.]+) p90=[\d.]+ p99=(?<p99>[\d.]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pattern();
}
