using Orleans;
using Orleans.Embedded.Simulation;

namespace PosteRestante.Grains.Local.Tests.Simulation;

/// <summary>A store on virtual time; it outlives the runtime.</summary>
public sealed class LedgerStore
{
    private readonly Dictionary<string, (long Version, HashSet<string> Ids)> _records = [];
    private readonly Dictionary<string, int> _runs = [];
    private readonly HashSet<object> _alive = [];

    public VirtualClock? Clock { get; set; }

    public int Conflicts { get; private set; }

    public int AliveAtOnce { get; private set; }

    public List<DeactivationReasonCode> Deactivations { get; } = [];

    public IEnumerable<string> Ids(string key) => _records.TryGetValue(key, out var record) ? record.Ids : [];

    public int Runs(string id) => _runs.GetValueOrDefault(id);

    public void Ran(string id) => _runs[id] = Runs(id) + 1;

    public void Activated(object grain)
    {
        _alive.Add(grain);
        AliveAtOnce = Math.Max(AliveAtOnce, _alive.Count);
    }

    public void Deactivated(object grain, DeactivationReasonCode reason)
    {
        _alive.Remove(grain);
        Deactivations.Add(reason);
    }

    public async Task<(long Version, HashSet<string> Ids)> ReadAsync(string key)
    {
        await DelayAsync();
        return _records.TryGetValue(key, out var record) ? record : (0, []);
    }

    public async Task<bool> TryWriteAsync(string key, long version, HashSet<string> ids)
    {
        await DelayAsync();
        var stored = _records.TryGetValue(key, out var record) ? record.Version : 0;
        if (stored != version)
        {
            Conflicts++;
            return false;
        }

        _records[key] = (version + 1, ids);
        return true;
    }

    private Task DelayAsync() => Task.Delay(TimeSpan.FromMilliseconds(10), Clock!);
}
