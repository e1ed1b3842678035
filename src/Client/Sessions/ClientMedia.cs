using System.Globalization;
using System.Net;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Client.Sessions;

/// <summary>What every session of a client has in SDP. It connects, so it must know where to.</summary>
internal static class ClientMedia
{
    /// <summary>The origin of a description of the client's.</summary>
    public static SdpOrigin Origin(SipEndpoint sip)
    {
        var host = ClientContact.Host(sip);
        var id = sip.Identifiers.Next(int.MaxValue).ToString(CultureInfo.InvariantCulture);
        return new SdpOrigin("-", id, id, "IN", host.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4", host.Trim('[', ']'));
    }

    /// <summary>Reads the answer to an offer.</summary>
    /// <returns>What is wrong with it; null when it will do.</returns>
    public static string? ReadAnswer(
        SipMessage response, SipFlow flow, MsrpLocalMedia local, SdpOptions options, out MsrpNegotiation? agreed, out EndPoint? connectTo)
    {
        agreed = null;
        connectTo = null;
        if (SdpParser.Parse(response.Body.Span, options, out var answer, out _) is var error && error != SdpError.None)
        {
            return $"the answer is no session description: {error}";
        }

        var rejection = MsrpOfferAnswer.AcceptAnswer(answer!, local, MsrpPeerRequirements.None, out agreed);
        if (rejection != MsrpRejection.None)
        {
            return $"the answer cannot be used: {rejection}";
        }

        connectTo = ConnectTo(agreed!, flow);
        return connectTo is null ? $"the MSRP path names '{agreed!.Remote.Path.First.Host}', which is no address" : null;
    }

    /// <summary>Where the session connects to; null when the peer's path names no address.</summary>
    public static EndPoint? ConnectTo(MsrpNegotiation agreed, SipFlow flow)
    {
        var first = agreed.Remote.Path.First;
        return IPAddress.TryParse(first.Host.Trim('[', ']'), out var address)
            ? MsrpDestination.Of(
                new IPEndPoint(address, first.Port ?? MsrpUri.DefaultPort), agreed.Remote, flow.Transport == SipTransportKind.Tls)
            : null;
    }
}
