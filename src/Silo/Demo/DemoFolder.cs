namespace PosteRestante.Silo.Demo;

/// <summary>A data folder for one demo, removed with it, so that no demo finds what an earlier one left.</summary>
internal sealed class DemoFolder : IDisposable
{
    /// <summary>The full path.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("poste-demo-").FullName;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
