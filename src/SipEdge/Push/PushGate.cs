namespace PosteRestante.SipEdge.Push;

/// <summary>
/// Lets so many pushes run at once, and the others wait in the order they came: when many users are back in the same second, each
/// has his turn and the service its memory. On the loop.
/// </summary>
/// <param name="places">Pushes that may run at once.</param>
internal sealed class PushGate(int places)
{
    private readonly Queue<TaskCompletionSource<bool>> _waiting = [];
    private int _running;
    private bool _isClosed;

    /// <summary>Pushes that wait for their turn.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Waits for a place; whoever was let in leaves again.</summary>
    /// <returns>Whether it was let in; not when the gate is closed.</returns>
    public Task<bool> EnterAsync()
    {
        if (_isClosed)
        {
            return Task.FromResult(false);
        }

        if (_running < places)
        {
            _running++;
            return Task.FromResult(true);
        }

        var turn = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(turn);
        return turn.Task;
    }

    /// <summary>Gives a place back; the next one has it.</summary>
    public void Leave()
    {
        if (_waiting.TryDequeue(out var next))
        {
            next.SetResult(true);
        }
        else
        {
            _running--;
        }
    }

    /// <summary>Sends away who waits, and lets nobody in any more.</summary>
    public void Close()
    {
        _isClosed = true;
        while (_waiting.TryDequeue(out var next))
        {
            next.SetResult(false);
        }
    }
}
