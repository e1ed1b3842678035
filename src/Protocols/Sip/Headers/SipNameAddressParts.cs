using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>Where the parts of a <see cref="SipNameAddress"/> lie, from its start. Holds no reference.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SipNameAddressParts
{
    public SipUriParts Uri;
    public ushort DisplayStart;
    public ushort DisplayLength;
    public ushort UriStart;
    public ushort UriLength;
    public ushort ParametersStart;
    public ushort TagStart;
    public ushort TagLength; // 0 when there is no tag
}
