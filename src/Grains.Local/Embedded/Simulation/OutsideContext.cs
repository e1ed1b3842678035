namespace Orleans.Embedded.Simulation;

/// <summary>Where code outside grains runs in a simulation: in turns that are drawn like all others.</summary>
internal sealed class OutsideContext : SynchronizationContext
{
    private readonly List<(SendOrPostCallback Callback, object? State)> _waiting = [];

    public int Count => _waiting.Count;

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _waiting.Add((d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs one of the turns that wait.</summary>
    public void Run(int index)
    {
        var (callback, state) = _waiting[index];
        _waiting.RemoveAt(index);
        var outer = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }
}
