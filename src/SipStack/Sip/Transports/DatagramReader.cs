using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>Makes a message of a datagram and posts it to the loop.</summary>
internal sealed class DatagramReader(EventLoop loop, SipMessageParser parser, SipInstruments instruments, ISipReceiver receiver)
{
    /// <summary>Reads a datagram; the octets are copied once, into an array of exactly their size that the message owns.</summary>
    public void Read(SipFlow flow, ReadOnlySpan<byte> datagram)
    {
        var octets = GC.AllocateUninitializedArray<byte>(datagram.Length);
        datagram.CopyTo(octets);
        var message = new SipMessage();
        var result = parser.Parse(message, octets);
        if (result.Error == SipParseError.Empty)
        {
            return; // a keep-alive (RFC 3261 7.5, RFC 5626 3.5.1)
        }

        if (!loop.TryPostInput(new InboundMessage(receiver, flow, message, result, loop.Timestamp)))
        {
            instruments.MessageDropped(SipDropReason.LoopBehind);
        }
    }
}
