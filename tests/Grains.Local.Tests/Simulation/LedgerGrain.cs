using Orleans;

namespace PosteRestante.Grains.Local.Tests.Simulation;

public sealed class LedgerGrain(LedgerStore store) : Grain, ILedger
{
    private long _version;
    private HashSet<string> _ids = [];
    private int _runs;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        store.Activated(this);
        (_version, _ids) = await store.ReadAsync(this.GetPrimaryKeyString());
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        store.Deactivated(this, reason.ReasonCode);
        return Task.CompletedTask;
    }

    public async ValueTask<bool> AddAsync(string id)
    {
        _runs++;
        store.Ran(id);
        if (_ids.Contains(id))
        {
            return true;
        }

        var next = new HashSet<string>(_ids) { id };
        if (!await store.TryWriteAsync(this.GetPrimaryKeyString(), _version, next))
        {
            // Another activation has written: this one is stale and must not answer from what it knows.
            DeactivateOnIdle();
            return false;
        }

        _version++;
        _ids = next;
        return true;
    }

    public ValueTask<int> RunsAsync() => new(_runs);
}
