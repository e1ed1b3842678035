using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PosteRestante.Protocols.Sip;

/// <summary>Reads <c>host [ ":" port ]</c> (RFC 3261 25.1), as in a URI and in a Via.</summary>
internal static class SipHostPort
{
    /// <summary>
    /// Reads from <paramref name="start"/> up to the first octet that cannot belong to it. Returns that place, or -1 when host or
    /// port is malformed; <paramref name="hostEnd"/> is then the start when it is the host.
    /// </summary>
    public static int Read(ReadOnlySpan<byte> text, int start, out int hostEnd, out int port)
    {
        port = -1;
        hostEnd = start < text.Length && text[start] == (byte)'['
            ? Ipv6ReferenceEnd(text, start)
            : SipOctets.Skip(text, start, SipOctets.Host);
        if (hostEnd == start)
        {
            return -1;
        }

        if (hostEnd == text.Length || text[hostEnd] != (byte)':')
        {
            return hostEnd;
        }

        var position = hostEnd + 1;
        var number = 0;
        while (position < text.Length && (uint)(text[position] - '0') <= 9 && number <= ushort.MaxValue)
        {
            number = (number * 10) + (text[position] - '0');
            position++;
        }

        port = number;
        return position > hostEnd + 1 && number <= ushort.MaxValue ? position : -1;
    }

    private static int Ipv6ReferenceEnd(ReadOnlySpan<byte> text, int start)
    {
        var close = text[start..].IndexOf((byte)']');
        if (close < 0)
        {
            return start;
        }

        var address = text.Slice(start + 1, close - 1);
        Span<char> characters = stackalloc char[46]; // INET6_ADDRSTRLEN
        return address.Length <= characters.Length
            && !address.Contains((byte)'%') // no scope, RFC 3261 25.1
            && IPAddress.TryParse(characters[..Encoding.ASCII.GetChars(address, characters)], out var parsed)
            && parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? start + close + 1
            : start;
    }
}
