using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Bodies.Files;

/// <summary>Does the steps of some bodies in order. Each body belongs to one worker, so its steps never overtake each other.</summary>
internal sealed class BodyWorker : IWorker
{
    private readonly WorkQueue<BodyJob> _queue;
    private List<BodyJob> _taken = [];
    private int _next;

    public BodyWorker(int limit) => _queue = new WorkQueue<BodyJob>(limit, Signal);

    public Signal Signal { get; } = new();

    public TimeSpan Patience => Timeout.InfiniteTimeSpan;

    /// <summary>Adds a step; false when the store is closing or has more to do than its owners can have asked for.</summary>
    public bool TryAdd(Action step) => _queue.Add(new BodyJob(step)) == QueueAnswer.Added;

    /// <summary>Runs a step and gives its result to who waits for it.</summary>
    public Task<T> RunAsync<T>(Func<T> step)
    {
        var waiting = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isAdded = TryAdd(() =>
        {
            try
            {
                waiting.SetResult(step());
            }
            catch (Exception failure) when (IsDiskFailure(failure))
            {
                waiting.SetException(failure as StorageFailureException ?? Failure(failure));
            }
        });
        return isAdded ? waiting.Task : Task.FromException<T>(Busy());
    }

    public void Close() => _queue.Close();

    public bool Advance()
    {
        if (_next == _taken.Count)
        {
            _taken.Clear();
            _next = 0;
            _taken = _queue.TakeAll(_taken);
        }

        if (_next == _taken.Count)
        {
            return false;
        }

        _taken[_next++].Run();
        return true;
    }

    public bool TryFinish() => _queue.IsClosed && _queue.Count == 0;

    /// <summary>Whether an exception says that the disk did not do what it was asked.</summary>
    public static bool IsDiskFailure(Exception failure) =>
        failure is IOException or UnauthorizedAccessException or StorageFailureException;

    public static StorageFailureException Failure(Exception cause) =>
        new(StorageFailureKind.NotExecuted, "A body could not be stored or read.", cause);

    private static StorageFailureException Busy() =>
        new(StorageFailureKind.NotExecuted, "The body store is closing or has too much to do.");
}
