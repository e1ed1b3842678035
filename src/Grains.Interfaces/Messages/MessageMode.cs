using Orleans;

namespace PosteRestante.Grains.Interfaces.Messages;

/// <summary>How a message came.</summary>
[GenerateSerializer]
[Alias("poste.MessageMode")]
public enum MessageMode
{
    /// <summary>A SIP MESSAGE (RFC 3428).</summary>
    Pager = 0,

    /// <summary>Over MSRP (RFC 4975).</summary>
    Large = 1,
}
