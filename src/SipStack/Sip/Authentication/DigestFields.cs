using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>The fields of a Digest challenge or of Digest credentials: <c>Digest name=value, name="value" …</c> (RFC 3261 25.1).</summary>
internal sealed class DigestFields
{
    private readonly Dictionary<string, string> _fields;

    private DigestFields(Dictionary<string, string> fields) => _fields = fields;

    public string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>Reads the value of a header field; null when it is of another scheme, malformed, or names a field twice.</summary>
    public static DigestFields? Read(SipText value)
    {
        var text = value.Span;
        if (text.Length < 7 || !SipSyntax.EqualsIgnoreCase(text[..6], "Digest"u8) || !SipSyntax.IsWhitespace(text[6]))
        {
            return null;
        }

        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        for (var position = 7; position < text.Length;)
        {
            if (!TryReadField(value, ref position, fields))
            {
                return null;
            }
        }

        return new DigestFields(fields);
    }

    private static bool TryReadField(SipText value, ref int position, Dictionary<string, string> fields)
    {
        var rest = value.Slice(position);
        var equals = rest.Span.IndexOf((byte)'=');
        if (equals <= 0)
        {
            return false;
        }

        var name = rest.Slice(0, equals).Trim();
        var content = rest.Slice(equals + 1);
        var length = ValueLength(content.Span);
        if (length < 0 || !SipSyntax.IsToken(name.Span))
        {
            return false;
        }

        position += equals + 1 + length + 1; // the comma too
        return fields.TryAdd(name.ToString(), SipQuotedString.Decode(content.Slice(0, length).Trim()));
    }

    // Up to the comma that is not in quotes, or the end; -1 when a quoted string never ends.
    private static int ValueLength(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)'"')
            {
                quoted = !quoted;
            }
            else if (quoted && text[i] == (byte)'\\')
            {
                i++;
            }
            else if (!quoted && text[i] == (byte)',')
            {
                return i;
            }
        }

        return quoted ? -1 : text.Length;
    }
}
