using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;

namespace PosteRestante.SipEdge.Deposit.Large;

/// <summary>What a session that takes large messages is like in SDP (DM-12.2.2.1-2, D18).</summary>
internal static class LargeDepositMedia
{
    /// <summary>This side: takes anything, sends nothing.</summary>
    /// <param name="path">The path of the session.</param>
    /// <param name="maxBytes">The largest message.</param>
    /// <param name="mayConnect">Whether the sender's address may be connected to, should it listen itself.</param>
    /// <param name="fingerprint">Of the certificate that is shown, when the path is secure.</param>
    public static MsrpLocalMedia Local(MsrpPath path, long maxBytes, bool mayConnect, string? fingerprint) => new()
    {
        IsSecure = path.First.IsSecure,
        Fingerprint = fingerprint,
        Path = path,
        AcceptTypes = new MsrpAcceptTypes("*"),
        Direction = SdpDirection.RecvOnly,
        Setup = mayConnect ? SdpSetup.ActPass : SdpSetup.Passive,
        MaxSize = maxBytes,
    };

    /// <summary>What a 488 says to a person.</summary>
    public static string Explain(MsrpRejection rejection) => rejection switch
    {
        MsrpRejection.WrongDirection => "the offer must be sendonly or sendrecv",
        MsrpRejection.SetupConflict => "the sender must connect: offer setup:active or setup:actpass",
        MsrpRejection.NoMsrpMedia => "an m=message line over TCP/MSRP is needed",
        _ => $"the MSRP media cannot be used: {rejection}",
    };
}
