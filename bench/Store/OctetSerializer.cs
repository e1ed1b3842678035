using Orleans.Storage;

namespace PosteRestante.Bench.Store;

/// <summary>Records that are octets already.</summary>
internal sealed class OctetSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new((byte[])(object)input!);

    public T Deserialize<T>(BinaryData input) => (T)(object)input.ToArray();
}
