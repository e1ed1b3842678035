using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>The values of <c>Disposition-Notification</c> that the service acts on (RFC 5438 6.2).</summary>
[Flags]
[GenerateSerializer]
[Alias("poste.NotificationRequests")]
public enum NotificationRequests
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>negative-delivery</c>: tell the sender when it was never delivered.</summary>
    NegativeDelivery = 1,

    /// <summary><c>processing</c>: tell the sender that it is stored.</summary>
    Processing = 2,
}
