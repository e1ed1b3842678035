using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>Where the parts of a <see cref="SipVia"/> lie, from its start. Holds no reference.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct SipViaParts
{
    /// <summary>The value of <see cref="Rport"/> when the parameter stands without a port.</summary>
    public const int AskedForPort = -2;

    public int Port; // -1 when there is none
    public int Rport; // -1 when there is none
    public ushort TransportStart;
    public ushort TransportLength;
    public ushort HostStart;
    public ushort HostLength;
    public ushort ParametersStart;
    public ushort BranchStart;
    public ushort BranchLength;
    public ushort ReceivedStart;
    public ushort ReceivedLength;
}
