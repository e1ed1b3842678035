namespace PosteRestante.Client.Sending;

/// <summary>What came of sending a message.</summary>
/// <param name="Status">The final status; 0 when no answer came.</param>
/// <param name="Reason">Its phrase and warning, or why no answer came.</param>
/// <param name="CallId">The Call-ID it was sent with, by which it can be traced; empty when no answer came.</param>
public sealed record SendResult(int Status, string Reason, string CallId)
{
    /// <summary>Whether the service took it; 202 says that it is stored (RFC 3428 7).</summary>
    public bool IsAccepted => Status is >= 200 and < 300;
}
