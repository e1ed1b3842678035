namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>What the credentials of a request are worth.</summary>
public enum DigestVerdict
{
    /// <summary>The caller knows the password, and this is no replay.</summary>
    Valid,

    /// <summary>There are none for this realm.</summary>
    Absent,

    /// <summary>They are malformed, of an unknown user, or wrong.</summary>
    Invalid,

    /// <summary>They are right, but the nonce is not good any more; the client is to try again without asking its user.</summary>
    Stale,

    /// <summary>
    /// They are right, but were used before, or may have been. Good for a repeat of what was done before, which is then
    /// answered as it was; for anything new the same as <see cref="Stale"/>.
    /// </summary>
    Repeated,
}
