using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>Where the parts of a <see cref="SipMediaType"/> lie, from its start. Holds no reference.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SipMediaTypeParts
{
    public ushort TypeLength; // 0 when there is no media type
    public ushort SubtypeStart;
    public ushort ParametersStart;
}
