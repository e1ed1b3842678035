using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Simulation;
using Orleans.Runtime;

namespace PosteRestante.Grains.Local.Tests.Simulation;

/// <summary>Clients that add entries to ledgers until each is acknowledged, under a seed.</summary>
internal sealed class LedgerRun
{
    private const int Clients = 4;
    private const int EntriesOfAClient = 8;

    private readonly HashSet<string> _acknowledged = [];

    public LedgerRun(ulong seed, DisorderOptions disorder, int crashes = 0)
    {
        var trace = new List<string>();
        var clock = new VirtualClock();
        Store.Clock = clock;
        using var simulation = new GrainSimulation(
            new SimulationOptions { Seed = seed, Disorder = disorder, Clock = clock, Trace = trace.Add },
            silo => silo.Services.AddSingleton(Store));
        Trace = trace;
        simulation.Run(() => Task.WhenAll(Enumerable.Range(0, Clients).Select(client => ClientAsync(simulation, client)).Append(CrashAsync(simulation, clock, crashes))));
        Hash = simulation.TraceHash;
    }

    public LedgerStore Store { get; } = new();

    public IReadOnlyList<string> Trace { get; }

    public ulong Hash { get; }

    public int Failures { get; private set; }

    public IReadOnlySet<string> Acknowledged => _acknowledged;

    public static string Ledger(int number) => $"ledger {number % 3}";

    public static IEnumerable<string> AllIds => Enumerable.Range(0, Clients).SelectMany(static client => Enumerable.Range(0, EntriesOfAClient).Select(entry => $"{client}.{entry}"));

    private async Task ClientAsync(GrainSimulation simulation, int client)
    {
        for (var entry = 0; entry < EntriesOfAClient; entry++)
        {
            while (!await TryAddAsync(simulation, Ledger(entry), $"{client}.{entry}"))
            {
                Failures++;
                await Task.Delay(TimeSpan.FromMilliseconds(100), simulation.Clock);
            }

            _acknowledged.Add($"{client}.{entry}");
        }
    }

    private static async Task<bool> TryAddAsync(GrainSimulation simulation, string ledger, string id)
    {
        try
        {
            return await simulation.GrainFactory.GetGrain<ILedger>(ledger).AddAsync(id);
        }
        catch (Exception error) when (error is TimeoutException or SiloUnavailableException)
        {
            return false;
        }
    }

    private static async Task CrashAsync(GrainSimulation simulation, VirtualClock clock, int crashes)
    {
        for (var crash = 0; crash < crashes; crash++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(35), clock);
            simulation.Crash();
            await Task.Delay(TimeSpan.FromMilliseconds(35), clock);
            simulation.Restart();
        }
    }
}
