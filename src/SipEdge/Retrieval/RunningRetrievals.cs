namespace PosteRestante.SipEdge.Retrieval;

/// <summary>
/// The deliveries of this node by mailbox, so that one that lost its lease to a newer one ends at once and not only when it
/// next asks the mailbox. On the loop.
/// </summary>
public sealed class RunningRetrievals
{
    private readonly Dictionary<string, RetrievalDelivery> _byMailbox = new(StringComparer.Ordinal);

    /// <summary>Adds a delivery whose lease was granted; of two for one mailbox the one with the lower token ends.</summary>
    internal void Add(string mailbox, RetrievalDelivery delivery)
    {
        if (_byMailbox.TryGetValue(mailbox, out var other) && other.Token > delivery.Token)
        {
            delivery.Supersede(); // the answers to the two came in another order than they were given
            return;
        }

        _byMailbox[mailbox] = delivery;
        other?.Supersede();
    }

    /// <summary>Forgets a delivery that is over.</summary>
    internal void Remove(string mailbox, RetrievalDelivery delivery)
    {
        if (_byMailbox.TryGetValue(mailbox, out var running) && ReferenceEquals(running, delivery))
        {
            _byMailbox.Remove(mailbox);
        }
    }
}
