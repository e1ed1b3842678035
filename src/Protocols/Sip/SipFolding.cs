using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>Folded header fields: a line that begins with white space continues the one before (RFC 3261 7.3.1).</summary>
internal static class SipFolding
{
    /// <summary>The value with each fold, and the white space around it, read as one space.</summary>
    public static string Unfold(SipText value)
    {
        var span = value.Span;
        if (!span.Contains((byte)'\n'))
        {
            return value.ToString();
        }

        var octets = new byte[span.Length];
        var length = 0;
        for (var i = 0; i < span.Length; i++)
        {
            if (span[i] is not ((byte)'\r' or (byte)'\n'))
            {
                octets[length++] = span[i];
                continue;
            }

            while (length > 0 && octets[length - 1] is (byte)' ' or (byte)'\t')
            {
                length--;
            }

            i = SipSyntax.SkipWhitespace(span, i) - 1;
            octets[length++] = (byte)' ';
        }

        return Encoding.UTF8.GetString(octets, 0, length);
    }
}
