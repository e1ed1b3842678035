using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>Reads <c>host [ ":" port ]</c> (RFC 3261 25.1), as in a URI and in a Via.</summary>
internal static class SipHostPort
{
    /// <summary>
    /// Reads from the start of <paramref name="text"/> up to the first octet that cannot belong to it.
    /// Returns the length read, or -1 when host or port is malformed.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> text, out int hostLength, out int port)
    {
        port = -1;
        hostLength = text.Length > 0 && text[0] == (byte)'[' ? Ipv6ReferenceLength(text) : HostNameLength(text);
        if (hostLength <= 0)
        {
            return -1;
        }

        if (hostLength == text.Length || text[hostLength] != (byte)':')
        {
            return hostLength;
        }

        var position = hostLength + 1;
        var number = 0;
        while (position < text.Length && (uint)(text[position] - '0') <= 9 && number <= ushort.MaxValue)
        {
            number = (number * 10) + (text[position] - '0');
            position++;
        }

        port = number;
        return position > hostLength + 1 && number <= ushort.MaxValue ? position : -1;
    }

    // Letters, digits, hyphens and dots; an underscore is let through because hosts bear it in practice.
    private static int HostNameLength(ReadOnlySpan<byte> text)
    {
        var length = text.IndexOfAnyExcept(SipSyntax.HostOctets);
        return length < 0 ? text.Length : length;
    }

    private static int Ipv6ReferenceLength(ReadOnlySpan<byte> text)
    {
        var close = text.IndexOf((byte)']');
        if (close < 0)
        {
            return -1;
        }

        var address = text[1..close];
        Span<char> characters = stackalloc char[46]; // INET6_ADDRSTRLEN
        return address.Length <= characters.Length
            && !address.ContainsAnyExcept(SipSyntax.Ipv6Octets)
            && IPAddress.TryParse(characters[..Encoding.ASCII.GetChars(address, characters)], out var parsed)
            && parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? close + 1
            : -1;
    }
}
