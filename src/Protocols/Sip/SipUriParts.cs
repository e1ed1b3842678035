using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip;

/// <summary>Where the parts of a URI lie, from its start. Holds no reference, so that a message stores it for nothing.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SipUriParts
{
    public int Port; // -1 when there is none
    public ushort SchemeLength;
    public ushort UserEnd; // where the user ends; the host's start when there is none
    public ushort UserInfoEnd; // where "user:password" ends
    public ushort HostStart;
    public ushort HostEnd;
    public ushort ParametersStart;
    public ushort HeadersStart; // the question mark, or the end
    public SipUriScheme Scheme;
}
