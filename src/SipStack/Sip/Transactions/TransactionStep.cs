using System.Runtime.InteropServices;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>The outcome of a step.</summary>
/// <param name="State">The state after it.</param>
/// <param name="Actions">What is to be done.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TransactionStep(TransactionState State, TransactionActions Actions)
{
    /// <summary>The transaction ends.</summary>
    internal static TransactionStep End(TransactionActions actions = TransactionActions.None) =>
        new(new TransactionState(TransactionPhase.Terminated), actions);

    /// <summary>The input is absorbed.</summary>
    internal static TransactionStep Stay(TransactionState state, TransactionActions actions = TransactionActions.None) =>
        new(state, actions);

    /// <summary>The transaction waits in a phase with nothing to repeat; a wait of zero ends it at once.</summary>
    internal static TransactionStep Linger(TransactionPhase phase, TimeSpan now, TimeSpan wait, TransactionActions actions) =>
        wait <= TimeSpan.Zero ? End(actions) : new(new TransactionState(phase, EndAt: now + wait), actions);
}
