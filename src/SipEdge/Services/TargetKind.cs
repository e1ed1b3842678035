namespace PosteRestante.SipEdge.Services;

/// <summary>The things a Request-URI can name.</summary>
public enum TargetKind
{
    /// <summary>Nobody who is served: 404.</summary>
    Unknown = 0,

    /// <summary>A scheme that is not taken: 416.</summary>
    UnsupportedScheme,

    /// <summary>A served user: MESSAGE deposits, and so does what an INVITE brings.</summary>
    User,

    /// <summary>The Deferred Messaging Function: INVITE retrieves.</summary>
    DeferredFunction,

    /// <summary>The delete bin.</summary>
    DeleteBin,

    /// <summary>The service itself: a URI of its host without a user, as OPTIONS probes use it.</summary>
    Service,

    /// <summary>The registrar: a URI of a served domain without a user (RFC 3261 10.2).</summary>
    Registrar,
}
