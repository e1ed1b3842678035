namespace Orleans;

/// <summary>A record, as a storage provider sees it.</summary>
/// <typeparam name="T">What the record holds.</typeparam>
public interface IGrainState<T>
{
    /// <summary>What the record holds.</summary>
    T? State { get; set; }

    /// <summary>The version that was read or written last; null: none.</summary>
    string? ETag { get; set; }

    /// <summary>Whether the store has such a record.</summary>
    bool RecordExists { get; set; }
}
