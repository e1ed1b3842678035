namespace PosteRestante.Storage.Serialization;

/// <summary>A codec and the type of record that it is for.</summary>
public sealed class RecordCodecRegistration
{
    private RecordCodecRegistration(Type recordType, object codec)
    {
        RecordType = recordType;
        Codec = codec;
    }

    /// <summary>The type of record.</summary>
    public Type RecordType { get; }

    internal object Codec { get; }

    /// <summary>Registers a codec.</summary>
    public static RecordCodecRegistration Of<T>(IRecordCodec<T> codec) => new(typeof(T), codec);
}
