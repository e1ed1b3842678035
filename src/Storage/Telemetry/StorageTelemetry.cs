namespace PosteRestante.Storage.Telemetry;

/// <summary>Names under which the storage reports.</summary>
public static class StorageTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PosteRestante.Storage";

    /// <summary>Name of the activity source.</summary>
    public const string ActivitySourceName = "PosteRestante.Storage";
}
