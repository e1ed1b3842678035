namespace PosteRestante.Protocols.Sdp;

/// <summary>The rules for directions.</summary>
public static class SdpDirections
{
    /// <summary>The same flow seen from the other side: send becomes receive.</summary>
    public static SdpDirection Reverse(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => SdpDirection.RecvOnly,
        SdpDirection.RecvOnly => SdpDirection.SendOnly,
        _ => direction,
    };

    /// <summary>
    /// The answer to an offered direction (RFC 3264 6.1): what the offerer leaves open and this side wants. An offer of
    /// recvonly is answered sendonly or inactive, sendonly by recvonly or inactive, inactive by inactive.
    /// </summary>
    public static SdpDirection Answer(SdpDirection offered, SdpDirection wanted) => offered.Reverse() & wanted;

    /// <summary>The attribute's name.</summary>
    public static string AttributeName(this SdpDirection direction) => direction switch
    {
        SdpDirection.SendOnly => "sendonly",
        SdpDirection.RecvOnly => "recvonly",
        SdpDirection.Inactive => "inactive",
        _ => "sendrecv",
    };

    /// <summary>The direction that attributes name, if any does; the last one counts.</summary>
    public static SdpDirection? Find(IEnumerable<SdpAttribute> attributes)
    {
        SdpDirection? found = null;
        foreach (SdpAttribute attribute in attributes)
        {
            found = attribute.Name switch
            {
                "sendonly" => SdpDirection.SendOnly,
                "recvonly" => SdpDirection.RecvOnly,
                "sendrecv" => SdpDirection.SendRecv,
                "inactive" => SdpDirection.Inactive,
                _ => found,
            };
        }

        return found;
    }
}
