using Orleans;

namespace PosteRestante.Grains.Interfaces.Mailbox;

/// <summary>The ways a deposit can end.</summary>
[GenerateSerializer]
[Alias("poste.DepositOutcome")]
public enum DepositOutcome
{
    /// <summary>No outcome; never returned.</summary>
    None = 0,

    /// <summary>Stored now, durably: 202.</summary>
    Stored = 1,

    /// <summary>The same message is waiting already: 202, nothing new stored.</summary>
    AlreadyStored = 2,

    /// <summary>The same message was stored before and has been delivered, deleted or has expired: 202, nothing stored.</summary>
    AlreadyHandled = 3,

    /// <summary>The mailbox has reached its limit of messages or octets: 480, nothing stored.</summary>
    MailboxFull = 4,

    /// <summary>The store did not confirm; the sender may repeat: 503.</summary>
    StoreUnavailable = 5,

    /// <summary>Asked only whether the message was taken before (<see cref="DepositRequest.OnlyIfKnown"/>): it was not.</summary>
    NotKnown = 6,
}
