namespace PosteRestante.Client.Retrieval;

/// <summary>
/// The deliveries that a user has got, by MSRP Message-ID: when the acknowledgement of one was lost, the service offers it
/// again under the same id, in this call or in a later one, and it is not shown twice. Used on the client's loop.
/// </summary>
public interface IReceivedDeliveries
{
    /// <summary>Whether a delivery was received before.</summary>
    bool Contains(string deliveryId);

    /// <summary>Notes a delivery that was received; the oldest ones may be forgotten.</summary>
    void Add(string deliveryId);
}
