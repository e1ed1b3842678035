namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>An edge: one thread with a synchronization context, outside all grains, as the event loop of SipStack is.</summary>
public sealed class TestEdge : SynchronizationContext, IDisposable
{
    private readonly object _gate = new();
    private readonly Thread _thread;
    private List<(SendOrPostCallback Callback, object? State)> _waiting = [];
    private List<(SendOrPostCallback Callback, object? State)> _running = [];
    private bool _closed;

    public TestEdge()
    {
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many times something was posted.</summary>
    public int Posts { get; private set; }

    public Thread Thread => _thread;

    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_gate)
        {
            Posts++;
            _waiting.Add((d, state));
            Monitor.Pulse(_gate);
        }
    }

    public override SynchronizationContext CreateCopy() => this;

    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => _ = function().ContinueWith(result.SetFromTask, TaskScheduler.Default), null);
        return result.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Serve()
    {
        SetSynchronizationContext(this);
        while (Wait())
        {
            foreach (var (callback, state) in _running)
            {
                callback(state);
            }

            _running.Clear();
        }
    }

    private bool Wait()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_closed)
            {
                Monitor.Wait(_gate);
            }

            (_waiting, _running) = (_running, _waiting);
            return !_closed;
        }
    }
}
