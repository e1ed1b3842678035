using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Storage;
using PosteRestante.Storage.Engine;
using PosteRestante.Storage.Providers;

namespace PosteRestante.Storage.Simulated;

/// <summary>
/// The embedded store in a simulation: the same engine over a disk in memory, without a thread. Nothing moves
/// but by <see cref="Step"/>, whose order the random source decides, so a seed replays exactly (as long as the
/// callers await in a single-threaded synchronization context). Not for several threads.
/// </summary>
public sealed class SimulatedStore
{
    private readonly SimulatedDisk _disk;
    private readonly Random _random;
    private readonly RecordEngine _engine;
    private readonly IWorker[] _workers;
    private bool _ended;

    private SimulatedStore(SimulatedDisk disk, Random random, RecordEngine engine)
    {
        _disk = disk;
        _random = random;
        _engine = engine;
        _workers = [engine.Writer, engine.Applier, engine.Reader];
    }

    /// <summary>Opens the store as a process does at its start, after a crash too.</summary>
    public static SimulatedStore Open(
        SimulatedDisk disk, Random random, TimeProvider time, StoreLimitsOptions? limits = null, IDurabilityObserver? observer = null) =>
        new(disk, random, RecordEngine.Open(disk.Journal, disk.Tables, limits ?? new StoreLimitsOptions(), time, NullLogger.Instance, observer));

    /// <summary>The store as grain storage; records become octets by <paramref name="serializer"/>.</summary>
    public IGrainStorage CreateGrainStorage(IGrainStorageSerializer serializer) => new EngineGrainStorage(_engine, serializer);

    /// <summary>Lets one worker, chosen at random, do one step; false when none has anything to do.</summary>
    public bool Step()
    {
        if (_ended)
        {
            return false;
        }

        int first = _random.Next(_workers.Length);
        for (int i = 0; i < _workers.Length; i++)
        {
            if (_workers[(first + i) % _workers.Length].Advance())
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Steps until nothing moves.</summary>
    public void RunUntilIdle()
    {
        while (Step())
        {
        }
    }

    /// <summary>
    /// Ends the process here and now: requests under way are never answered, and what was not synced is on the
    /// disk or lost as the random source decides.
    /// </summary>
    public void Crash()
    {
        _ended = true;
        _engine.BeginClose();
        _disk.Crash(_random);
    }
}
