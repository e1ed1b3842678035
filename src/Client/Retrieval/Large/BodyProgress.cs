namespace PosteRestante.Client.Retrieval.Large;

/// <summary>How far a large message has come.</summary>
/// <param name="DeliveryId">Its MSRP Message-ID.</param>
/// <param name="From">The sender as the envelope shows it; empty before it is known.</param>
/// <param name="Received">Octets that came.</param>
/// <param name="Length">Octets in all, as announced.</param>
/// <param name="State">Whether it goes on.</param>
public sealed record BodyProgress(string DeliveryId, string From, long Received, long Length, BodyState State);
