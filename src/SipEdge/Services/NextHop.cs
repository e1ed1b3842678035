using System.Diagnostics.CodeAnalysis;
using System.Net;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Services;

/// <summary>Reads the configured next hop.</summary>
public static class NextHop
{
    /// <summary>Reads <c>sip:ADDRESS[:PORT][;transport=udp|tcp|tls]</c>, or <c>sips:ADDRESS[:PORT]</c>, which is TLS.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SipDestination? destination)
    {
        destination = null;
        if (!SipUri.TryParse(text, out var uri)
            || !uri.IsSip
            || !IPAddress.TryParse(uri.Host.ToString().Trim('[', ']'), out var address))
        {
            return false;
        }

        SipTransportKind? kind = uri.Parameters.Get("transport"u8).ToString().ToUpperInvariant() switch
        {
            "" or "TCP" or "TLS" when uri.Scheme == SipUriScheme.Sips => SipTransportKind.Tls, // RFC 3261 26.2.2
            _ when uri.Scheme == SipUriScheme.Sips => null,
            "" or "UDP" => SipTransportKind.Udp,
            "TCP" => SipTransportKind.Tcp,
            "TLS" => SipTransportKind.Tls,
            _ => null,
        };
        if (kind is null)
        {
            return false;
        }

        destination = new SipDestination(kind.Value, new IPEndPoint(address, uri.Port < 0 ? kind.Value.DefaultPort() : uri.Port));
        return true;
    }
}
