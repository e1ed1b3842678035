using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Protocols.Sip.Parsing;

/// <summary>The limits of what is read as one SIP message. Over a limit the message is refused, never cut.</summary>
public sealed class SipParserOptions
{
    /// <summary>Where these are bound from.</summary>
    public const string SectionName = "Sip:Parser";

    /// <summary>Octets of a whole message. Default 131,072: a full head and a full body.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 128 * 1024;

    /// <summary>
    /// Octets of start line, header fields and the empty line. Default 32,768: IMS headers with certificates stay below 16 KiB, and on a stream
    /// this much is buffered for a peer that has shown no complete message yet.
    /// </summary>
    [Range(1024, 16 * 1024 * 1024)]
    public int MaxHeadBytes { get; set; } = 32 * 1024;

    /// <summary>Header fields of a message. Default 256; a proxied IMS request has 30 to 60.</summary>
    [Range(16, 10_000)]
    public int MaxHeaders { get; set; } = 256;

    /// <summary>Octets of the start line, or of one header field with its folds; at most 65,533. Default 8,192.</summary>
    [Range(256, 65_533)]
    public int MaxHeaderLineBytes { get; set; } = 8 * 1024;

    /// <summary>Octets of the Request-URI. Default 2,048; over it the answer is 414.</summary>
    [Range(64, 65_533)]
    public int MaxUriBytes { get; set; } = 2 * 1024;

    /// <summary>Octets of a body. Default 65,536: a UDP datagram's worth; over it the answer is 413.</summary>
    [Range(0, 64 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 64 * 1024;
}
