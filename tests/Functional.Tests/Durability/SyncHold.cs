namespace PosteRestante.Functional.Tests.Durability;

/// <summary>The store's thread, held at a sync; disposing lets it go on, so that a test that fails does not hang.</summary>
internal sealed class SyncHold(Action release) : IDisposable
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the store is there.</summary>
    public Task Reached => _reached.Task;

    /// <summary>The store is there.</summary>
    public void Reach() => _reached.TrySetResult();

    /// <inheritdoc/>
    public void Dispose() => release();
}
