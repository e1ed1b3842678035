namespace PosteRestante.Protocols.Cpim;

/// <summary>What a <c>Disposition-Notification</c> asks for (RFC 5438 6.2); unknown values are ignored.</summary>
[Flags]
public enum ImdnDispositions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary><c>positive-delivery</c>: the recipient's client reports arrival.</summary>
    PositiveDelivery = 1,

    /// <summary><c>negative-delivery</c>: whoever gives the message up reports it.</summary>
    NegativeDelivery = 2,

    /// <summary><c>processing</c>: intermediaries report what they did.</summary>
    Processing = 4,

    /// <summary><c>display</c>: the recipient's client reports that it was shown.</summary>
    Display = 8,
}
