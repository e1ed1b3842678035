namespace PosteRestante.Storage.Engine;

/// <summary>
/// One of the store's three activities, as steps without a thread: production gives each a thread, a simulation
/// calls them in the order of its seed.
/// </summary>
internal interface IWorker
{
    /// <summary>Wakes the worker.</summary>
    Signal Signal { get; }

    /// <summary>How long to wait for a signal when there is nothing to do.</summary>
    TimeSpan Patience { get; }

    /// <summary>Does one step; false when there is nothing to do now.</summary>
    bool Advance();

    /// <summary>True when nothing will ever be left to do; then the worker has let go of what it held. Called when idle.</summary>
    bool TryFinish();
}
