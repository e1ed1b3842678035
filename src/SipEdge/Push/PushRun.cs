using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Push;

/// <summary>The push of one mailbox, from the PUBLISH that started it until nothing is left to do. On the loop.</summary>
internal sealed class PushRun(Account owner, SipDestination way)
{
    /// <summary>Whose messages.</summary>
    public Account Owner => owner;

    /// <summary>Where its INVITE goes.</summary>
    public SipDestination Way { get; private set; } = way;

    /// <summary>Where a PUBLISH came from meanwhile, if from elsewhere: tried when the present way leads nowhere.</summary>
    public SipDestination? NextWay { get; private set; }

    /// <summary>A PUBLISH came while it runs: it starts nothing, but it may know a better way.</summary>
    public void Hear(SipDestination other) => NextWay = other == Way ? null : other;

    /// <summary>Goes the other way, if there is one.</summary>
    public bool TryNextWay()
    {
        if (NextWay is not { } next)
        {
            return false;
        }

        (Way, NextWay) = (next, null);
        return true;
    }
}
