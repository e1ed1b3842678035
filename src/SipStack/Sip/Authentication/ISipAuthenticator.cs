using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>Answers challenges (RFC 3261 22.2, 22.3).</summary>
public interface ISipAuthenticator
{
    /// <summary>
    /// Writes the challenged request anew, with the answer and the next CSeq, into the builder; the transaction adds its Via.
    /// </summary>
    /// <param name="request">The request that was challenged.</param>
    /// <param name="challenge">The 401 or 407.</param>
    /// <param name="builder">Where the new request is written.</param>
    /// <returns>False when there is no answer: unknown realm or algorithm, or this very answer was refused already.</returns>
    bool TryAuthorize(SipMessage request, SipMessage challenge, SipRequestBuilder builder);
}
