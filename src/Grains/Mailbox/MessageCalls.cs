using System.Collections.Immutable;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.Grains.Mailbox;

/// <summary>Calls of a mailbox to its messages; a call that got no answer is an outcome like any other.</summary>
/// <param name="grains">Finds the grain of a message by its key.</param>
internal sealed class MessageCalls(Func<string, IDeferredMessage> grains)
{
    /// <summary>Writes a message record unless there is one.</summary>
    public async ValueTask<StoreReceipt> StoreAsync(string mailbox, string key, DeferredContent content)
    {
        try
        {
            return await grains(key).StoreAsync(new StoreMessage { Mailbox = mailbox, Content = content });
        }
        catch (Exception failure) when (IsCallFailure(failure))
        {
            return new StoreReceipt { Outcome = StoreOutcome.StoreUnavailable };
        }
    }

    /// <summary>Reads a message.</summary>
    public async ValueTask<ReadReceipt> ReadAsync(string key)
    {
        try
        {
            return await grains(key).ReadAsync();
        }
        catch (Exception failure) when (IsCallFailure(failure))
        {
            return new ReadReceipt { Outcome = ReadOutcome.StoreUnavailable };
        }
    }

    /// <summary>Adds the BYE of the session that brought a message; a call that fails leaves it out.</summary>
    public async ValueTask EndSessionAsync(string key, ImmutableArray<byte> bye)
    {
        try
        {
            await grains(key).EndSessionAsync(bye);
        }
        catch (Exception failure) when (IsCallFailure(failure))
        {
            // The message itself is safe, and nobody waits for this.
        }
    }

    /// <summary>Ends a message; the outcome is None when that was not confirmed.</summary>
    public async ValueTask<TombstoneReceipt> TombstoneAsync(string key, Tombstone tombstone)
    {
        try
        {
            return await grains(key).TombstoneAsync(tombstone);
        }
        catch (Exception failure) when (IsCallFailure(failure))
        {
            return new TombstoneReceipt();
        }
    }

    private static bool IsCallFailure(Exception failure) => failure is TimeoutException or OrleansException;
}
