namespace PosteRestante.Storage.Bodies;

/// <summary>
/// Bodies that are too large for a record. What a method returns may complete on a thread of the store: await it where a
/// synchronization context brings you back. Failures are <see cref="StorageFailureException"/>.
/// </summary>
public interface IBodyStore
{
    /// <summary>Begins a body; null when as many are open as may be.</summary>
    IBodyWriter? TryBegin();

    /// <summary>Opens a body to read it; null when it is not there, or not of this length.</summary>
    /// <exception cref="StorageFailureException">It cannot be read now, or as many are open as may be.</exception>
    ValueTask<IBodyReader?> OpenAsync(BodyName name, long length);

    /// <summary>Begins to go through all bodies, in no order; what is stored meanwhile may be met or not.</summary>
    IBodyWalk Walk();

    /// <summary>Puts a body into the trash; one that is not there is no failure.</summary>
    ValueTask TrashAsync(BodyName name);

    /// <summary>Deletes what was put into the trash before an instant: not more than so many.</summary>
    /// <returns>How many were deleted; fewer than asked for when nothing of that age is left.</returns>
    ValueTask<int> EmptyTrashAsync(DateTimeOffset before, int count);
}
