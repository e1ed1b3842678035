using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Push;

/// <summary>Knows where users are. Asked on the loop.</summary>
public interface IPushTargets
{
    /// <summary>The ways to a user, to be tried one after the other until one takes the push; never an address that a user names.</summary>
    /// <param name="owner">The user.</param>
    /// <param name="source">The flow of his PUBLISH.</param>
    IReadOnlyList<PushTarget> Find(Account owner, SipFlow source);
}
