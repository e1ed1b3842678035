using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded;
using Orleans.Embedded.Simulation;
using Orleans.Storage;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox;
using PosteRestante.Grains.Messages;
using PosteRestante.Grains.Tests.Simulation;
using PosteRestante.Storage.Faults;
using PosteRestante.Storage.Records;
using PosteRestante.Storage.Serialization;
using PosteRestante.Storage.Simulated;

namespace PosteRestante.Grains.Tests.LocalOnly;

/// <summary>
/// Real grains on the simulated runtime over the real store engine on a simulated disk: one seed moves them all. A crash
/// takes the runtime and everything that was not synced.
/// </summary>
internal sealed class SimulatedSilo : IDisposable
{
    private readonly SimulatedDisk _disk = new();
    private readonly VirtualClock _clock = new();
    private readonly MailboxOptions _options;
    private readonly GrainSimulation _grains;
    private SimulatedStore _store;
    private int _starts;

    public SimulatedSilo(int seed, DisorderOptions disorder, MailboxOptions? options = null)
    {
        Random = new Random(seed);
        Faults = new FaultPlan(Random);
        _options = options ?? new MailboxOptions();
        _store = SimulatedStore.Open(_disk, Random, _clock);
        _grains = new GrainSimulation(
            new SimulationOptions { Seed = (ulong)seed, Disorder = disorder, Clock = _clock }, Configure);
    }

    public Random Random { get; }

    public FaultPlan Faults { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public ulong TraceHash => _grains.TraceHash;

    public int Activations => _grains.Activations;

    public IUserMailbox Mailbox(string aor = "sip:alice@localhost") =>
        _grains.GrainFactory.GetGrain<IUserMailbox>(MailboxKey.FromAor(aor).Value);

    /// <summary>Runs code outside the grains to its end, through crashes if it asks for them.</summary>
    public void Run(Func<Task> outside)
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(_grains.Outside);
        Task task;
        try
        {
            task = outside();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        while (!task.IsCompleted)
        {
            if (!Step() && !task.IsCompleted)
            {
                AdvanceToNextDue();
            }
        }

        task.GetAwaiter().GetResult();
        while (Step())
        {
        }
    }

    public void Advance(TimeSpan time)
    {
        var end = _clock.GetUtcNow() + time;
        while (Step())
        {
        }

        while (_grains.UntilNextDue is { } due && _clock.GetUtcNow() + due <= end)
        {
            AdvanceToNextDue();
            while (Step())
            {
            }
        }

        _clock.Advance(end - _clock.GetUtcNow());
    }

    /// <summary>Ends the process here and now, and starts it again.</summary>
    public void Crash()
    {
        _grains.Crash();
        _store.Crash();
        _store = SimulatedStore.Open(_disk, Random, _clock);
        _grains.Restart();
    }

    public void Dispose() => _grains.Dispose();

    private bool Step() =>
        Random.Next(3) == 0 ? _store.Step() || _grains.Step() : _grains.Step() || _store.Step();

    private void AdvanceToNextDue() =>
        _clock.Advance(_grains.UntilNextDue ?? throw new InvalidOperationException("Everything waits and nothing can wake it."));

    private void Configure(Orleans.Hosting.ISiloBuilder silo)
    {
        var store = _store;
        silo.Services.AddSingleton(new KeySecret(1, new byte[KeySecret.Length]));
        silo.Services.AddSingleton<System.Security.Cryptography.RandomNumberGenerator>(
            new SeededNumbers(Random.Next() + ++_starts));
        silo.Services.AddKeyedSingleton<IGrainStorage>(
            RecordStore.StorageName,
            (provider, _) => new FaultingGrainStorage(
                store.CreateGrainStorage(provider.GetRequiredService<RecordSerializer>()), Faults, _clock));
        silo.Services.AddPosteRestanteGrains();
        silo.Services.AddSingleton(Microsoft.Extensions.Options.Options.Create(_options));
        silo.PlaceWithCaller<IDeferredMessage>();
    }
}
