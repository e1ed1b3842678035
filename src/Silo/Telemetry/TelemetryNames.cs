using PosteRestante.Grains.Telemetry;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Sip;
using PosteRestante.Storage.Telemetry;

namespace PosteRestante.Silo.Telemetry;

/// <summary>The meters and activity sources of every area, by the constants that the areas publish.</summary>
internal static class TelemetryNames
{
    /// <summary>Areas of this product: each is a meter, and a source where it has activities.</summary>
    public static string[] Areas { get; } =
    [
        SipInstruments.MeterName,
        MsrpInstruments.MeterName,
        EdgeTelemetry.Name,
        GrainInstruments.MeterName,
        StorageTelemetry.MeterName,
    ];

    /// <summary>Areas that say something only where they are configured.</summary>
    public static string[] Optional { get; } = [TlsInstruments.MeterName];

    /// <summary>Meters of the platform that tell how the process is.</summary>
    public static string[] Platform { get; } = ["System.Runtime", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.Orleans"];
}
