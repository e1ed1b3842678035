using System.Collections.Immutable;

namespace PosteRestante.Storage.Bodies;

/// <summary>
/// A body that is being stored. Calls come one after the other. Disposing of it before <see cref="CommitAsync"/> has ended
/// discards it, and so does a crash.
/// </summary>
public interface IBodyWriter : IDisposable
{
    /// <summary>
    /// Whether the store is behind: then write no more before <see cref="CaughtUpAsync"/> ends. What was under way already is
    /// still taken, up to a bound, beyond which the body fails.
    /// </summary>
    bool IsBehind { get; }

    /// <summary>Whether it cannot be stored any more: sealing it will fail, so the rest need not come.</summary>
    bool HasFailed { get; }

    /// <summary>Takes octets, in any order; of those that overlap the later ones count. Never waits.</summary>
    /// <param name="offset">Where in the body, from 0.</param>
    /// <param name="octets">Copied.</param>
    void Write(long offset, ReadOnlySpan<byte> octets);

    /// <summary>Ends when the store is no longer behind. One waiter at a time.</summary>
    ValueTask CaughtUpAsync();

    /// <summary>Cuts the body at its length and syncs it. Nothing is written after this.</summary>
    /// <returns>The SHA-256 of the body.</returns>
    ValueTask<ImmutableArray<byte>> SealAsync(long length);

    /// <summary>Gives the sealed body its name; when this ends, it survives a crash under it.</summary>
    /// <param name="mailbox">The key of its mailbox, see <see cref="BodyName.CanName"/>.</param>
    /// <param name="message">The key of its message.</param>
    ValueTask<BodyName> CommitAsync(string mailbox, string message);
}
