using System.Net;
using System.Net.Sockets;
using PosteRestante.Protocols.Sip.Headers;

namespace PosteRestante.Protocols.Sip.Writing;

/// <summary>Writes Via values: our own, and a received one with what the transport saw.</summary>
internal static class SipViaWriter
{
    private const int MaxAddressLength = 65; // an IPv6 address with a scope

    /// <summary><c>SIP/2.0/UDP host:port;branch=…;rport</c> (RFC 3261 18.1.1, RFC 3581 3).</summary>
    public static void WriteOwn(SipWriter writer, string transport, string host, int port, ReadOnlySpan<byte> branch, bool rport)
    {
        if (transport.AsSpan().ContainsAny("\r\n\0") || host.AsSpan().ContainsAny("\r\n\0"))
        {
            throw new ArgumentException("Transport and host hold no CR, LF or NUL.", nameof(host));
        }

        writer.Write("SIP/2.0/"u8).Write(transport).Write(" "u8).Write(host);
        if (port >= 0)
        {
            writer.Write(":"u8).Write(port);
        }

        writer.Write(";branch="u8).Write(branch).Write(rport ? ";rport"u8 : default);
    }

    /// <summary>
    /// The received value with <c>rport</c> filled in and <c>received</c> added where the sender asked for rport or its sent-by
    /// is not its address (RFC 3261 18.2.1, RFC 3581 4). A <c>received</c> that the sender wrote itself is dropped.
    /// </summary>
    public static void WriteReceived(SipWriter writer, in SipVia via, IPEndPoint source)
    {
        var parameters = via.Parameters.Text;
        writer.Write(via.Text.Span[..(via.Text.Length - parameters.Length)]);
        var asked = false;
        foreach (var parameter in via.Parameters)
        {
            if (parameter.Name.IsIgnoreCase("received"u8))
            {
                continue;
            }

            writer.Write(";"u8).Write(parameter.Name);
            if (parameter.Name.IsIgnoreCase("rport"u8))
            {
                asked = true;
                writer.Write("="u8).Write(source.Port);
            }
            else if (!parameter.Value.IsEmpty)
            {
                writer.Write("="u8).Write(parameter.Value);
            }
        }

        Span<byte> address = stackalloc byte[MaxAddressLength];
        address = address[..Format(source.Address, address)];
        if (asked || !IsHost(via.Host, address))
        {
            writer.Write(";received="u8).Write(address);
        }
    }

    private static int Format(IPAddress address, Span<byte> destination)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
            : address;
        return plain.TryFormat(destination, out var written)
            ? written
            : throw new ArgumentException("An address is at most 65 octets long.", nameof(destination));
    }

    private static bool IsHost(SipText host, ReadOnlySpan<byte> address)
    {
        var span = host.Span;
        return SipSyntax.EqualsIgnoreCase(span.Length > 2 && span[0] == (byte)'[' ? span[1..^1] : span, address);
    }
}
