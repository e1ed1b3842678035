namespace PosteRestante.Client.Retrieval.Large;

/// <summary>Where bodies go that are too large to be held in memory.</summary>
public sealed record BodyFolder
{
    /// <summary>The folder; made when the first body comes.</summary>
    public required string Path { get; init; }

    /// <summary>The largest message taken, in octets. Default 4 GiB; a longer one is not even sent (<c>a=max-size</c>).</summary>
    public long MaxOctets { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Told how far each body has come, on the client's loop; null for nobody.</summary>
    public Action<BodyProgress>? Progress { get; init; }
}
