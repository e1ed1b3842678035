namespace PosteRestante.SipEdge.Push;

/// <summary>What came of one attempt to hand messages over.</summary>
internal enum PushOutcome
{
    /// <summary>There was nothing to push, or another delivery goes on: nothing to do.</summary>
    Nothing,

    /// <summary>The session was brought to its end, and nothing more waits.</summary>
    Delivered,

    /// <summary>The session was brought to its end, and more came meanwhile.</summary>
    MoreWaiting,

    /// <summary>The session broke off; what was not confirmed stays.</summary>
    Broken,

    /// <summary>The client refused, or its answer cannot be used.</summary>
    Refused,

    /// <summary>No final answer came in time.</summary>
    Unanswered,

    /// <summary>The owner asks himself.</summary>
    Superseded,
}
