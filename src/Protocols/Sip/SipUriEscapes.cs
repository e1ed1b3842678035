using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>The percent escapes of URIs (RFC 3261 19.1.2).</summary>
internal static class SipUriEscapes
{
    private const string Hex = "0123456789ABCDEF";

    /// <summary>The octet at <paramref name="position"/> decoded; <paramref name="position"/> moves behind it.</summary>
    public static byte ReadOctet(ReadOnlySpan<byte> text, ref int position, out bool wasEscaped)
    {
        var octet = text[position];
        wasEscaped = octet == (byte)'%' && position + 2 < text.Length;
        if (!wasEscaped)
        {
            position++;
            return octet;
        }

        octet = (byte)((HexValue(text[position + 1]) << 4) | HexValue(text[position + 2]));
        position += 3;
        return octet;
    }

    public static string Unescape(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'%'))
        {
            return Encoding.UTF8.GetString(text);
        }

        var octets = new byte[text.Length];
        var length = 0;
        for (var position = 0; position < text.Length;)
        {
            octets[length++] = ReadOctet(text, ref position, out _);
        }

        return Encoding.UTF8.GetString(octets, 0, length);
    }

    /// <summary>Escapes what may not stand in a user part as it is.</summary>
    public static string EscapeUser(string user)
    {
        var escaped = new StringBuilder(user.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(user))
        {
            if (SipOctets.Is(octet, SipOctets.User))
            {
                escaped.Append((char)octet);
            }
            else
            {
                escaped.Append('%').Append(Hex[octet >> 4]).Append(Hex[octet & 15]);
            }
        }

        return escaped.ToString();
    }

    private static int HexValue(byte digit) => digit <= (byte)'9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
