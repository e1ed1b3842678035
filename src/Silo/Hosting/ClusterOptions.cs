using System.ComponentModel.DataAnnotations;

namespace PosteRestante.Silo.Hosting;

/// <summary>The ports of the grain runtime, when it is Orleans; they are not for peers.</summary>
public sealed class ClusterOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Cluster";

    /// <summary>Between silos. Default 11111, 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>For clients of the cluster. Default 30000, 0 takes a free one.</summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; } = 30000;
}
