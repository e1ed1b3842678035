namespace PosteRestante.SipEdge.Retrieval;

/// <summary>What the retrieval of "all" brings (D11).</summary>
public enum RetrieveAll
{
    /// <summary>Every message that is neither deleted nor expired, delivered ones included.</summary>
    Stored = 0,

    /// <summary>Only messages that were not delivered yet.</summary>
    Undelivered = 1,
}
