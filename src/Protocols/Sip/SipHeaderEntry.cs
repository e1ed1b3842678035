using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip;

/// <summary>Where a header field lies, from the start of the message: 16 octets a field, no object.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SipHeaderEntry
{
    public int Start;
    public ushort NameLength;
    public ushort ValueOffset; // from Start
    public ushort ValueLength;
    public ushort LineLength;
    public SipHeaderName Name;
}
