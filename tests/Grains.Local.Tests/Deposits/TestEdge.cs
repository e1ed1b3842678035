using System.Collections.Concurrent;

namespace PosteRestante.Grains.Local.Tests.Deposits;

/// <summary>An edge: one thread with a synchronization context, outside all grains.</summary>
public sealed class TestEdge : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posts = [];
    private readonly Thread _thread;

    public TestEdge()
    {
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>How many times something was posted.</summary>
    public int Posts { get; private set; }

    public Thread Thread => _thread;

    public override void Post(SendOrPostCallback d, object? state) => _posts.Add((d, state));

    public override SynchronizationContext CreateCopy() => this;

    public Task<T> InvokeAsync<T>(Func<Task<T>> function)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ => _ = function().ContinueWith(result.SetFromTask, TaskScheduler.Default), null);
        return result.Task;
    }

    public void Dispose()
    {
        _posts.CompleteAdding();
        _thread.Join();
        _posts.Dispose();
    }

    private void Serve()
    {
        SetSynchronizationContext(this);
        foreach (var (callback, state) in _posts.GetConsumingEnumerable())
        {
            Posts++;
            callback(state);
        }
    }
}
