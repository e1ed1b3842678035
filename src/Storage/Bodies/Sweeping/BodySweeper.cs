using Microsoft.Extensions.Logging;

namespace PosteRestante.Storage.Bodies.Sweeping;

/// <summary>
/// Finds bodies to which no living message refers: of uploads whose service crashed, of repeats, of messages that ended. Asks
/// the owner before it moves one to the trash, and empties the trash after a day. A step at a time, so its work and its memory
/// never depend on how many bodies there are; where it was is not kept, a new start begins anew.
/// </summary>
public sealed partial class BodySweeper(
    IBodyStore bodies, IBodyOwners owners, BodySweeperOptions options, TimeProvider time, ILogger<BodySweeper> logger) : IDisposable
{
    private IBodyWalk? _walk;

    /// <summary>Sweeps until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                bool isRoundOver = await StepAsync();
                await Task.Delay(isRoundOver ? options.RoundInterval : options.StepInterval, time, cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The service stops.
        }
    }

    /// <summary>One step; true when all bodies were gone through and the trash holds nothing that is old enough.</summary>
    public async Task<bool> StepAsync()
    {
        try
        {
            return await SweepAsync();
        }
        catch (StorageFailureException failure)
        {
            LogFailed(failure);
            EndRound();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => EndRound();

    private async Task<bool> SweepAsync()
    {
        DateTimeOffset now = time.GetUtcNow();
        _walk ??= bodies.Walk();
        System.Collections.Immutable.ImmutableArray<StoredBody> page = await _walk.NextAsync(options.StepBodies);
        foreach (StoredBody body in page)
        {
            if (now - body.StoredAt >= options.Grace && await owners.IsWantedAsync(body.Name) is false)
            {
                await bodies.TrashAsync(body.Name);
                LogTrashed(body.Name.Message, body.Name.Upload);
            }
        }

        int deleted = await bodies.EmptyTrashAsync(now - options.TrashRetention, options.StepBodies);
        if (page.Length > 0)
        {
            return false;
        }

        EndRound();
        return deleted < options.StepBodies;
    }

    private void EndRound()
    {
        _walk?.Dispose();
        _walk = null;
    }

    [LoggerMessage(LogLevel.Information, "The body {Upload} of {MessageKey} is wanted by no message; it is in the trash.")]
    private partial void LogTrashed(string messageKey, string upload);

    [LoggerMessage(LogLevel.Warning, "Bodies could not be swept now; the next round tries again.")]
    private partial void LogFailed(Exception failure);
}
