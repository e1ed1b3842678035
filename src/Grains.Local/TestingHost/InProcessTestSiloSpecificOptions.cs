namespace Orleans.TestingHost;

/// <summary>What differs between silos.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    /// <summary>The name of the silo.</summary>
    public string SiloName { get; set; } = "";
}
