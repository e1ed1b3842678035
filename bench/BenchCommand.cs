using PosteRestante.Bench.Deposit;
using PosteRestante.Bench.Drain;
using PosteRestante.Bench.Large;
using PosteRestante.Bench.Parse;
using PosteRestante.Bench.Store;
using PosteRestante.Bench.Storm;

namespace PosteRestante.Bench;

/// <summary>Chooses what is measured by the first argument; the figures of the README without one.</summary>
internal static class BenchCommand
{
    private const int Figures = 5; // those of the README come first

    private static readonly (string Name, Action<string[], TextWriter> Run)[] Benchmarks =
    [
        ("parse", (_, output) => ParseBenchmark.Run(output)),
        ("deposit", DepositBenchmark.Run),
        ("drain", DrainBenchmark.Run),
        ("large", (_, output) => LargeBenchmark.Run(output)),
        ("storm", (_, output) => StormBenchmark.Run(output)),
        ("store", StoreBench.Run),
        ("fill", FillBench.Run),
    ];

    /// <summary>Returns 0, or 2 when the argument names nothing.</summary>
    public static int Run(string[] args, TextWriter output)
    {
        if (args is [LoadCommand.Name, .. var load])
        {
            return LoadCommand.Run(load, output);
        }

        var chosen = args.Length == 0 ? Benchmarks[..Figures] : Array.FindAll(Benchmarks, benchmark => benchmark.Name == args[0]);
        if (chosen.Length == 0)
        {
            output.WriteLine($"Usage: bench [{string.Join('|', Benchmarks.Select(benchmark => benchmark.Name))}]");
            return 2;
        }

        foreach (var benchmark in chosen)
        {
            benchmark.Run(args.Length == 0 ? [] : args[1..], output);
        }

        return 0;
    }
}
