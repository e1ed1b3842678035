using System.Text;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>Quoted strings (RFC 3261 25.1): <c>"</c> text with <c>\</c> before any octet to be taken as it is <c>"</c>.</summary>
public static class SipQuotedString
{
    /// <summary>The text of a quoted string; a value without quotes is returned as it is.</summary>
    public static string Decode(SipText value)
    {
        var span = value.Span;
        if (span.Length < 2 || span[0] != (byte)'"')
        {
            return value.ToString();
        }

        span = span[1..^1];
        if (!span.ContainsAny((byte)'\\', (byte)'\r'))
        {
            return Encoding.UTF8.GetString(span);
        }

        var octets = new byte[span.Length];
        var length = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (span[i] == (byte)'\\' && i + 1 < span.Length)
            {
                i++;
            }
            else if (span[i] is (byte)'\r' or (byte)'\n')
            {
                continue; // a fold: the white space after it stays
            }

            octets[length++] = span[i];
        }

        return Encoding.UTF8.GetString(octets, 0, length);
    }

    /// <summary>Puts <paramref name="text"/> into quotes and escapes what needs it.</summary>
    public static string Encode(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
