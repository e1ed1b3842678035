using PosteRestante.Grains.Interfaces.Messages;

namespace PosteRestante.SipEdge.Handover;

/// <summary>
/// The body of one MSRP message that hands a deferred message over: what was written of it, and between that, if the message
/// has one there, the octets that the body store has.
/// </summary>
public sealed class HandoverContent
{
    /// <summary>The Content-Type, with its boundary.</summary>
    public required string ContentType { get; init; }

    /// <summary>The beginning; all of it when nothing is in the body store.</summary>
    public required ReadOnlyMemory<byte> Head { get; init; }

    /// <summary>What comes from the body store after the head.</summary>
    public BodyReference Body { get; init; } = BodyReference.None;

    /// <summary>What comes after it.</summary>
    public ReadOnlyMemory<byte> Tail { get; init; }

    /// <summary>The type of the part that holds the original.</summary>
    public required string OriginalType { get; init; }

    /// <summary>Octets in memory.</summary>
    public int HeldOctets => Head.Length + Tail.Length;

    /// <summary>Octets in all.</summary>
    public long Length => HeldOctets + Body.Length;
}
