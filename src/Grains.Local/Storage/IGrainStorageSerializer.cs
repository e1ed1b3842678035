namespace Orleans.Storage;

/// <summary>Records to octets and back.</summary>
public interface IGrainStorageSerializer
{
    /// <summary>The octets of a record.</summary>
    BinaryData Serialize<T>(T? input);

    /// <summary>The record of these octets.</summary>
    T? Deserialize<T>(BinaryData input);
}
