namespace PosteRestante.Client.Retrieval;

/// <summary>What came of a retrieval.</summary>
/// <param name="Status">The final status of the INVITE; 0 when no answer came.</param>
/// <param name="Reason">Its phrase and warning, or why no answer came.</param>
/// <param name="Received">Messages that were acknowledged.</param>
/// <param name="Repeats">Repeats of messages, acknowledged and dropped.</param>
/// <param name="IsComplete">Whether the service ended the session because all was delivered.</param>
public sealed record RetrievalResult(int Status, string Reason, int Received, int Repeats, bool IsComplete)
{
    /// <summary>The methods the service takes in the session, from Allow of its 200 (DM-12.1.1-6); empty without one.</summary>
    public IReadOnlyList<string> Allow { get; init; } = [];

    /// <summary>Whether nothing is waiting: 488 with that warning (D2).</summary>
    public bool IsEmpty => Status == 488 && Reason.Contains("no messages", StringComparison.OrdinalIgnoreCase);
}
