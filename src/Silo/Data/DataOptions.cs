namespace PosteRestante.Silo.Data;

/// <summary>Where the service keeps what it holds.</summary>
public sealed class DataOptions
{
    /// <summary>The configuration section.</summary>
    public const string SectionName = "Data";

    /// <summary>
    /// The one folder of all data, made if it is missing; relative names count from the working directory. Default
    /// <c>./data</c>.
    /// </summary>
    public string Folder { get; set; } = "./data";
}
