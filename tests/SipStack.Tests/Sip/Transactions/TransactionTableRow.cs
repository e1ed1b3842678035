using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

/// <summary>One row of a table, for one kind of transport.</summary>
internal sealed record TransactionTableRow(
    string Machine,
    TransactionPhase Phase,
    bool Answered,
    TransactionInput Input,
    bool Reliable,
    TransactionPhase Next,
    TransactionActions Actions,
    string Repeats,
    string Ends)
{
    public override string ToString() => $"{Machine} {Phase}{(Answered ? " answered" : string.Empty)} {Input} {(Reliable ? "TCP" : "UDP")}";
}
