using System.Globalization;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;

namespace PosteRestante.SipEdge.Sessions;

/// <summary>What both sides agreed on about the timer of a session (RFC 4028).</summary>
/// <param name="Seconds">The session interval.</param>
/// <param name="WeRefresh">Whether its refreshes are ours to send.</param>
internal readonly record struct SessionTerms(long Seconds, bool WeRefresh)
{
    // A peer that names less than RFC 4028 4 allows is followed, but not into a flood.
    private const long LeastSeconds = 2;

    /// <summary>As a 2xx to a request of ours says; null when it names no interval: then there is no timer (7.2).</summary>
    public static SessionTerms? OfAnswer(SipMessage response) =>
        response.GetDelta(SipHeaderName.SessionExpires, out var expires) == SipFieldState.Valid
            ? new SessionTerms(Math.Max(expires.Seconds, LeastSeconds), !expires.Parameters.Get("refresher"u8).IsIgnoreCase("uas"u8))
            : null;

    /// <summary>
    /// As we answer a request (9, table 2): the interval that was asked for; the caller refreshes if he can and did not ask us to.
    /// Null when none was asked for.
    /// </summary>
    public static SessionTerms? OfRequest(SipMessage request)
    {
        if (request.GetDelta(SipHeaderName.SessionExpires, out var expires) != SipFieldState.Valid)
        {
            return null;
        }

        var askedUs = expires.Parameters.Get("refresher"u8).IsIgnoreCase("uas"u8);
        return new SessionTerms(Math.Max(expires.Seconds, LeastSeconds), askedUs || !IsSupportedBy(request));
    }

    /// <summary>Whether the sender knows session timers.</summary>
    public static bool IsSupportedBy(SipMessage request) => Names(request, SipHeaderName.Supported) || Names(request, SipHeaderName.Require);

    /// <summary>Adds them to the 2xx that answers a request (9).</summary>
    public void Write(SipResponseBuilder response)
    {
        response.Header(
            SipHeaderName.SessionExpires, string.Create(CultureInfo.InvariantCulture, $"{Seconds};refresher={(WeRefresh ? "uas" : "uac")}"));
        if (!WeRefresh)
        {
            response.Header(SipHeaderName.Require, Services.Target.Timer);
        }
    }

    private static bool Names(SipMessage request, SipHeaderName field)
    {
        foreach (var tag in request.GetValues(field))
        {
            if (tag.IsIgnoreCase("timer"u8))
            {
                return true;
            }
        }

        return false;
    }
}
