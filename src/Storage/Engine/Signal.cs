namespace PosteRestante.Storage.Engine;

/// <summary>Wakes one worker. Set before the wait is not lost, and several sets wake once.</summary>
internal sealed class Signal
{
    private readonly object _gate = new();
    private bool _set;

    public void Set()
    {
        lock (_gate)
        {
            if (!_set)
            {
                _set = true;
                Monitor.Pulse(_gate);
            }
        }
    }

    /// <summary>Returns when set, or after the time; clears the signal.</summary>
    public void Wait(TimeSpan atMost)
    {
        lock (_gate)
        {
            if (!_set)
            {
                Monitor.Wait(_gate, atMost);
            }

            _set = false;
        }
    }
}
