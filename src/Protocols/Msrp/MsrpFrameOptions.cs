using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Protocols.Msrp;

/// <summary>Limits of what is read as one MSRP frame.</summary>
public sealed class MsrpFrameOptions
{
    /// <summary>Where these stand in configuration.</summary>
    public const string SectionName = "Msrp:Frames";

    /// <summary>Octets of start line and headers together. Default 8192: a path through several relays and a long
    /// Content-Type fit; a peer that never ends its head costs no more than this.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxHeadBytes { get; set; } = 8192;

    /// <summary>Headers in one frame. Default 64: RFC 4975 defines ten, extensions add a few.</summary>
    [Range(4, 10_000)]
    public int MaxHeaders { get; set; } = 64;

    /// <summary>Octets of body in one chunk. Default 1 TiB: chunks are streamed, never held; the limit that matters is
    /// that of a message, one layer up.</summary>
    [Range(1, long.MaxValue)]
    public long MaxChunkBytes { get; set; } = 1_099_511_627_776;

    /// <summary>Octets of a Message-ID. Default 64: RFC 4975 9 says 32, deployed clients send UUIDs of 36.</summary>
    [Range(1, 1024)]
    public int MaxMessageIdBytes { get; set; } = 64;
}
