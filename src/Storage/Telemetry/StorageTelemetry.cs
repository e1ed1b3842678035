namespace PosteRestante.Storage.Telemetry;

/// <summary>The name under which the storage reports. It has no activities: a commit is shared by many deposits.</summary>
public static class StorageTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "PosteRestante.Storage";
}
