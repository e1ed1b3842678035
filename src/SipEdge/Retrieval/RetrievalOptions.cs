namespace PosteRestante.SipEdge.Retrieval;

/// <summary>What an owner gets who asks (12.2.1).</summary>
public sealed class RetrievalOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Retrieval";

    /// <summary>What "all" means (D11). Default <see cref="RetrieveAll.Stored"/>.</summary>
    public RetrieveAll All { get; set; } = RetrieveAll.Stored;

    /// <summary>Retrieval sessions at once; one more gets 503 with Retry-After. Default 10,000.</summary>
    public int MaxSessions { get; set; } = 10_000;
}
