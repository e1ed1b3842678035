using System.Runtime.InteropServices;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Transactions;

/// <summary>
/// A NIST in Completed, cut down to what timer J keeps it for: the key and the final response (RFC 3261 17.2.2). A value in
/// the ring of <see cref="CompletedTransactions"/>; its octets are in a slab.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal struct CompletedTransaction
{
    public SipFlow Flow;
    public byte[] Slab;
    public TimeSpan EndAt;
    public int Offset;
    public int KeyLength;
    public int ResponseLength;
    public int Status;
    public int Hash;

    /// <summary>The number of the next older one in the same bucket; -1 when there is none.</summary>
    public long Older;

    public readonly ReadOnlySpan<byte> Key => Slab.AsSpan(Offset, KeyLength);

    public readonly ReadOnlySpan<byte> Response => Slab.AsSpan(Offset + KeyLength, ResponseLength);
}
