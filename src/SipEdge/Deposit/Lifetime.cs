namespace PosteRestante.SipEdge.Deposit;

/// <summary>When a message expires (DM-12.2.2.3-5, A17, A18; RFC 3428 7).</summary>
public static class Lifetime
{
    /// <summary>
    /// The time of expiry of a message received at <paramref name="receivedAt"/>.
    /// </summary>
    /// <param name="receivedAt">Time of receipt.</param>
    /// <param name="expires">Seconds in <c>Expires</c>, if the header was there.</param>
    /// <param name="date">The sender's <c>Date</c>, if there was a valid one.</param>
    /// <param name="options">The operator's default and maximum.</param>
    /// <returns>The time; at or before <paramref name="receivedAt"/> when the message has expired already (A17).</returns>
    public static DateTimeOffset ExpiresAt(DateTimeOffset receivedAt, long? expires, DateTimeOffset? date, DepositOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (expires is not { } seconds || seconds > (long)options.MaxLifetime.TotalSeconds)
        {
            // DM-12.2.2.3-5b, A18: absent or above the maximum means the default, not the maximum.
            return receivedAt + options.DefaultLifetime;
        }

        return Base(receivedAt, date, options) + TimeSpan.FromSeconds(seconds);
    }

    // RFC 3428 7 counts from Date; DM-12.2.2.3-5a does so only while the sender's clock is believable.
    private static DateTimeOffset Base(DateTimeOffset receivedAt, DateTimeOffset? date, DepositOptions options) =>
        date is { } sent && (sent - receivedAt).Duration() <= options.DateTolerance ? sent : receivedAt;
}
