namespace PosteRestante.Protocols.Sdp;

/// <summary>Limits of what is read as SDP.</summary>
public sealed class SdpOptions
{
    /// <summary>Where these stand in configuration.</summary>
    public const string SectionName = "Sdp";

    /// <summary>Octets of a description. Default 32768: a conference client's offer with video and ICE has about 8,000.</summary>
    public int MaxBytes { get; set; } = 32 * 1024;

    /// <summary>Lines of a description. Default 1000.</summary>
    public int MaxLines { get; set; } = 1000;

    /// <summary>Media lines. Default 32.</summary>
    public int MaxMedia { get; set; } = 32;
}
