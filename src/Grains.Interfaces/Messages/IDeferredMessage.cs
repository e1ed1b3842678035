using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>
/// One deferred message; the grain key is its <see cref="MessageKey"/>. It is the virtual SIP UA of 12.2 (DM-12.2-1, -2):
/// it has a URI of its own, holds one message, hands it over when asked, and becomes a tombstone. Only its mailbox
/// calls it.
/// </summary>
[Alias("poste.IDeferredMessage")]
public interface IDeferredMessage : IGrainWithStringKey
{
    /// <summary>Writes the record unless there is one: create-if-absent is the dedupe.</summary>
    [Alias("Store")]
    ValueTask<StoreReceipt> StoreAsync(StoreMessage request);

    /// <summary>The content, or that there is none any more.</summary>
    [Alias("Read")]
    ValueTask<ReadReceipt> ReadAsync();

    /// <summary>
    /// Adds the BYE of the session that brought it, once; a message that has ended stays as it is (DM-12.2.2.3-2).
    /// </summary>
    [Alias("EndSession")]
    ValueTask EndSessionAsync(ImmutableArray<byte> bye);

    /// <summary>
    /// Drops the content and keeps the outcome with its postmarks. Idempotent: a second call keeps the first outcome.
    /// </summary>
    [Alias("Tombstone")]
    ValueTask<TombstoneReceipt> TombstoneAsync(Tombstone request);
}
