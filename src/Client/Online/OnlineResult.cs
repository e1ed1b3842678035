namespace PosteRestante.Client.Online;

/// <summary>How being online ended.</summary>
/// <param name="Status">The status of the last PUBLISH; 0 when no answer came.</param>
/// <param name="Reason">Its phrase and warning, or why no answer came.</param>
/// <param name="Received">Messages that were acknowledged.</param>
/// <param name="Repeats">Repeats of messages, acknowledged and dropped.</param>
public sealed record OnlineResult(int Status, string Reason, int Received, int Repeats)
{
    /// <summary>Whether it ended because the caller wanted it to.</summary>
    public bool IsOrderly => Status is >= 200 and < 300;
}
