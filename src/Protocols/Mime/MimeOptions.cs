using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Protocols.Mime;

/// <summary>Limits of what is read as a multipart body.</summary>
public sealed class MimeOptions
{
    /// <summary>Where these stand in configuration.</summary>
    public const string SectionName = "Mime";

    /// <summary>Parts in one container. Default 32: a retrieval has two, an album a few more.</summary>
    [Range(1, 10_000)]
    public int MaxParts { get; set; } = 32;

    /// <summary>Containers within containers. Default 4: mixed, alternative, related and one to spare.</summary>
    [Range(1, 64)]
    public int MaxDepth { get; set; } = 4;

    /// <summary>Headers of one part. Default 32.</summary>
    [Range(1, 10_000)]
    public int MaxHeaders { get; set; } = 32;

    /// <summary>Octets of the headers of one part. Default 8192, as for a SIP or MSRP head.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxHeaderBytes { get; set; } = 8192;
}
