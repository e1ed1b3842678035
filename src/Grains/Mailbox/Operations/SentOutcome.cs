using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>What became of one message that was sent.</summary>
internal readonly record struct SentOutcome(long Sequence, PackedKey Key, SendOutcome Outcome);
