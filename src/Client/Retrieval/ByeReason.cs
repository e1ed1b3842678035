using System.Globalization;

namespace PosteRestante.Client.Retrieval;

/// <summary>Reads Reason (RFC 3326) of the BYE that ends a retrieval.</summary>
internal static class ByeReason
{
    private const string Cause = "cause=";
    private const string Text = "text=\"";

    /// <summary>Why the service ended the session before all was handed over; null when that is not what it says.</summary>
    public static string? WhyEarly(string? reason)
    {
        if (reason?.StartsWith("SIP", StringComparison.OrdinalIgnoreCase) != true
            || After(reason, Cause) is not { } rest
            || !int.TryParse(rest.AsSpan(0, Math.Min(3, rest.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var cause)
            || cause < 300)
        {
            return null;
        }

        var text = After(reason, Text)?.Split('"')[0];
        return string.IsNullOrEmpty(text) ? $"the service ended it early: {cause}" : $"{cause} {text}";
    }

    private static string? After(string value, string mark) =>
        value.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? value[(at + mark.Length)..] : null;
}
