using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Protocols.Cpim;

/// <summary>Limits of what is read as <c>message/cpim</c>.</summary>
public sealed class CpimOptions
{
    /// <summary>Where these stand in configuration.</summary>
    public const string SectionName = "Cpim";

    /// <summary>Headers of the message, and of its content. Default 64.</summary>
    [Range(1, 10_000)]
    public int MaxHeaders { get; set; } = 64;

    /// <summary>Octets of the message's headers and of its content's together. Default 8192.</summary>
    [Range(64, 1024 * 1024)]
    public int MaxHeaderBytes { get; set; } = 8192;

    /// <summary>Octets of an IMDN Message-ID. Default 256: RFC 5438 sets no bound, UUIDs with a host fit.</summary>
    [Range(1, 64 * 1024)]
    public int MaxMessageIdBytes { get; set; } = 256;
}
