using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.Client.Demo;

/// <summary>A SIP request as it left a socket.</summary>
internal sealed class SentFrame
{
    private readonly SipMessage _message = new();

    public SentFrame(ReadOnlySpan<byte> octets) =>
        IsMessage = SipMessageParser.Unlimited.Parse(_message, octets.ToArray()).IsParsed && _message.Method == SipMethod.Message;

    /// <summary>Whether it is a MESSAGE request.</summary>
    public bool IsMessage { get; }

    /// <summary>The body.</summary>
    public ReadOnlyMemory<byte> Body => _message.Body.Memory;

    /// <summary>
    /// What its recipient must get: everything but what belongs to the hop it took (Via, Max-Forwards) and the proof of who
    /// sent it (Authorization), octet for octet.
    /// </summary>
    public byte[] AsHandedOver()
    {
        var head = _message.Head.Span;
        List<byte> kept = [.. head[..(head.IndexOf((byte)'\n') + 1)]];
        foreach (var header in _message.Headers)
        {
            if (header.Name is not (SipHeaderName.Via or SipHeaderName.MaxForwards or SipHeaderName.Authorization))
            {
                kept.AddRange(header.Line.Span);
            }
        }

        kept.AddRange("\r\n"u8);
        kept.AddRange(_message.Body.Span);
        return [.. kept];
    }
}
