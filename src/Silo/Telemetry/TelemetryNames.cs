namespace PosteRestante.Silo.Telemetry;

/// <summary>The meters and activity sources of every area, by the constants that the areas publish.</summary>
internal static class TelemetryNames
{
    /// <summary>Areas of this product.</summary>
    public static string[] Areas { get; } =
    [
        "PosteRestante.Sip",
        "PosteRestante.Msrp",
        "PosteRestante.Grains",
        "PosteRestante.Storage",
    ];

    /// <summary>Meters of the platform that tell how the process is.</summary>
    public static string[] Platform { get; } = ["System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans"];
}
