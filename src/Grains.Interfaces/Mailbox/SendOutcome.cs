using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>How the sending of one message ended.</summary>
[GenerateSerializer]
[Alias("poste.SendOutcome")]
public enum SendOutcome
{
    /// <summary>No outcome; never sent.</summary>
    None = 0,

    /// <summary>Confirmed by D12: the peer has it.</summary>
    Delivered = 1,

    /// <summary>All octets were sent but no answer came: kept, offered again, never reported as failed.</summary>
    InDoubt = 2,

    /// <summary>The peer refused this message (413, 415): kept, goes last at the next contact.</summary>
    Rejected = 3,
}
