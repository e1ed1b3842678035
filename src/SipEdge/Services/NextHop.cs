using System.Diagnostics.CodeAnalysis;
using System.Net;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Services;

/// <summary>Reads the configured next hop.</summary>
internal static class NextHop
{
    private const int SipPort = 5060;

    /// <summary>Reads <c>sip:ADDRESS[:PORT][;transport=udp|tcp]</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SipDestination? destination)
    {
        destination = null;
        if (!SipUri.TryParse(text, out var uri)
            || uri.Scheme != SipUriScheme.Sip
            || !IPAddress.TryParse(uri.Host.ToString().Trim('[', ']'), out var address))
        {
            return false;
        }

        SipTransportKind? kind = uri.Parameters.Get("transport"u8).ToString().ToUpperInvariant() switch
        {
            "" or "UDP" => SipTransportKind.Udp,
            "TCP" => SipTransportKind.Tcp,
            _ => null,
        };
        if (kind is null)
        {
            return false;
        }

        destination = new SipDestination(kind.Value, new IPEndPoint(address, uri.Port < 0 ? SipPort : uri.Port));
        return true;
    }
}
