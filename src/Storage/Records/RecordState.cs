using Orleans;

namespace PosteRestante.Storage.Records;

/// <summary>A record on its way to or from a provider.</summary>
internal sealed class RecordState<T> : IGrainState<T>
{
    public T? State { get; set; }

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
