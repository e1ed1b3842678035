using System.Buffers;
using System.Runtime.InteropServices;

namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>What <see cref="SipFramer"/> found at the start of a stream.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct SipFrame
{
    internal SipFrame(SipFrameStatus status, SipParseError error, ReadOnlySequence<byte> octets, SequencePosition consumed, SequencePosition examined)
    {
        Status = status;
        Error = error;
        Octets = octets;
        Consumed = consumed;
        Examined = examined;
    }

    /// <summary>What it is.</summary>
    public SipFrameStatus Status { get; }

    /// <summary>Why the stream cannot be cut, when it is malformed.</summary>
    public SipParseError Error { get; }

    /// <summary>
    /// The message; when malformed, its head, as much as there is of it: <see cref="SipMessageParser"/> reads it for the answer. Else empty.
    /// </summary>
    public ReadOnlySequence<byte> Octets { get; }

    /// <summary>Up to where the stream is done with, for <c>PipeReader.AdvanceTo</c>.</summary>
    public SequencePosition Consumed { get; }

    /// <summary>Up to where the stream was looked at, for <c>PipeReader.AdvanceTo</c>.</summary>
    public SequencePosition Examined { get; }
}
