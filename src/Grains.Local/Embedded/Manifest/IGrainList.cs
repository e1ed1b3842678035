namespace Orleans.Embedded.Manifest;

/// <summary>What an assembly brings; generated.</summary>
public interface IGrainList
{
    /// <summary>Adds it to a manifest.</summary>
    void AddTo(GrainManifest manifest);
}
