using System.Globalization;
using PosteRestante.Bench.Deposit.Load;

namespace PosteRestante.Bench.Deposit;

/// <summary>
/// Our load driver as a command of its own: <c>load PORT udp|tcp CONNECTIONS IN_FLIGHT MESSAGES USERS SECONDS ACKED_FILE [RATE
/// [ONE_USER]]</c>. Prints one line in the form of the peers' driver.
/// </summary>
internal static class LoadCommand
{
    /// <summary>Its name; not among the benchmarks.</summary>
    public const string Name = "load";

    /// <summary>Runs it.</summary>
    public static int Run(string[] args, TextWriter output)
    {
        if (LoadPlan.Parse(args) is not { } plan)
        {
            output.WriteLine("Usage: load PORT udp|tcp CONNECTIONS IN_FLIGHT MESSAGES USERS SECONDS ACKED_FILE [RATE [ONE_USER]]");
            return 2;
        }

        using var generator = new LoadGenerator(plan);
        generator.Run();
        var outcome = generator.Outcome;
        File.WriteAllLines(plan.AcknowledgedFile, outcome.Acknowledged.Select(id => id.ToString(LoadMessage.IndexFormat, CultureInfo.InvariantCulture)));
        output.WriteLine(outcome.ToLine());
        return 0;
    }
}
