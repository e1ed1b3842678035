namespace PosteRestante.Protocols.Sip;

/// <summary>What a message says in an optional header field.</summary>
public enum SipFieldState
{
    /// <summary>There is no such field.</summary>
    Absent,

    /// <summary>There is one, and it was read.</summary>
    Valid,

    /// <summary>There is one that cannot be read, or several where one is allowed.</summary>
    Malformed,
}
