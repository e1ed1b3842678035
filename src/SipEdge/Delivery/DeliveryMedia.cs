using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipStack.Sip;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>What a session that delivers is like in SDP (DM-12.2.1-2, DM-12.2.1-R5, D18).</summary>
internal static class DeliveryMedia
{
    private const int MaxOriginId = int.MaxValue;

    /// <summary>What the client's offer must say: recvonly, and the container with the fragments in it.</summary>
    public static MsrpPeerRequirements Required { get; } = new()
    {
        Direction = SdpDirection.RecvOnly,
        Types = [HandoverWriter.ContainerType],
        WrappedTypes = [HandoverWriter.FragmentType],
    };

    /// <summary>This side.</summary>
    /// <param name="path">The path of the session.</param>
    /// <param name="mayConnect">Whether the client's address may be connected to, should it listen itself.</param>
    /// <param name="fingerprint">Of the certificate that is shown, when the path is secure.</param>
    public static MsrpLocalMedia Local(MsrpPath path, bool mayConnect, string? fingerprint) => new()
    {
        IsSecure = path.First.IsSecure,
        Fingerprint = fingerprint,
        Path = path,
        AcceptTypes = new MsrpAcceptTypes(HandoverWriter.ContainerType),
        Direction = SdpDirection.SendOnly,
        Setup = mayConnect ? SdpSetup.ActPass : SdpSetup.Passive,
    };

    /// <summary>The origin of a description of ours.</summary>
    public static SdpOrigin Origin(string host, SipIdentifiers random)
    {
        var id = random.Next(MaxOriginId).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new SdpOrigin("-", id, id, "IN", host.Contains(':', StringComparison.Ordinal) ? "IP6" : "IP4", host);
    }

    /// <summary>What a 488 says to a person.</summary>
    public static string Explain(MsrpRejection rejection) => rejection switch
    {
        MsrpRejection.WrongDirection => "the offer must be recvonly",
        MsrpRejection.NoCommonType => "multipart/mixed with message/sipfrag in it must be accepted",
        MsrpRejection.SetupConflict => "the client must connect: offer setup:active or setup:actpass",
        MsrpRejection.NoMsrpMedia => "an m=message line over TCP/MSRP is needed",
        _ => $"the MSRP media cannot be used: {rejection}",
    };
}
