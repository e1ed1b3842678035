using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Protocols.Sdp;

/// <summary>Limits of what is read as SDP.</summary>
public sealed class SdpOptions
{
    /// <summary>Where these stand in configuration.</summary>
    public const string SectionName = "Sdp";

    /// <summary>Octets of a description. Default 32768: a conference client's offer with video and ICE has about 8,000.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 32 * 1024;

    /// <summary>Lines of a description. Default 1000.</summary>
    [Range(4, 1_000_000)]
    public int MaxLines { get; set; } = 1000;

    /// <summary>Media lines. Default 32.</summary>
    [Range(1, 10_000)]
    public int MaxMedia { get; set; } = 32;
}
