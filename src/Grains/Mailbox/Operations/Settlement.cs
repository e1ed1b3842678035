using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;

namespace PosteRestante.Grains.Mailbox.Operations;

/// <summary>What the end of one sending makes of an entry (D11, D12). Pure; a repeat of the same outcome changes nothing.</summary>
internal static class Settlement
{
    /// <summary>The state and the terminal outcome after a sending; both as before when the outcome says nothing new.</summary>
    public static (EntryState State, TerminalOutcome Outcome) Settle(
        EntryState state, long token, SendOutcome outcome, long now, MailboxOptions options) => outcome switch
        {
            SendOutcome.Delivered => Deliver(state, token, now, options),
            SendOutcome.InDoubt or SendOutcome.Rejected => (Fail(state, token, outcome, options), TerminalOutcome.None),
            _ => (state, TerminalOutcome.None),
        };

    private static (EntryState State, TerminalOutcome Outcome) Deliver(
        EntryState state, long token, long now, MailboxOptions options)
    {
        var removes = Lease.KindOf(token) == DeliveryKind.Push ? options.RemoveAfterPush : options.RemoveAfterPull;
        if (removes)
        {
            return (state, TerminalOutcome.Delivered);
        }

        if (token <= state.DeliveredToken)
        {
            return (state, TerminalOutcome.None);
        }

        state.Flags = (state.Flags | EntryFlags.Delivered) & ~(EntryFlags.GoesLast | EntryFlags.Parked);
        state.InDoubt = 0;
        state.Generation++;
        state.DeliveredToken = token;
        state.DeliveredAt = now;
        return (state, TerminalOutcome.None);
    }

    private static EntryState Fail(EntryState state, long token, SendOutcome outcome, MailboxOptions options)
    {
        if (token <= state.DeliveredToken || token <= state.FaultToken)
        {
            return state;
        }

        state.FaultToken = token;
        state.InDoubt += outcome == SendOutcome.InDoubt ? 1 : 0;
        if (state.Has(EntryFlags.GoesLast))
        {
            state.Flags |= EntryFlags.Parked;
        }

        if (outcome == SendOutcome.Rejected || state.InDoubt >= options.InDoubtLimit)
        {
            state.Flags |= EntryFlags.GoesLast;
        }

        return state;
    }
}
