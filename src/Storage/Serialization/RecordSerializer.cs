using Orleans.Storage;

namespace PosteRestante.Storage.Serialization;

/// <summary>
/// Records as octets: the version of the format first, then the fields as the record's codec lays them out. The
/// same octets under every provider and runtime. A type without a codec is a mistake in the composition.
/// </summary>
public sealed class RecordSerializer : IGrainStorageSerializer
{
    private readonly Dictionary<Type, object> _codecs;

    /// <summary>A serializer with these codecs; two for one type are a mistake.</summary>
    public RecordSerializer(IEnumerable<RecordCodecRegistration> codecs) =>
        _codecs = codecs.ToDictionary(static codec => codec.RecordType, static codec => codec.Codec);

    /// <summary>The record as octets.</summary>
    public byte[] ToOctets<T>(T record)
    {
        IRecordCodec<T> codec = Codec<T>();
        var writer = new RecordWriter(codec.Version);
        try
        {
            codec.Write(ref writer, record);
            return writer.Finish();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The record of these octets.</summary>
    /// <exception cref="RecordFormatException">They are not such a record.</exception>
    public T FromOctets<T>(ReadOnlySpan<byte> octets)
    {
        IRecordCodec<T> codec = Codec<T>();
        var reader = new RecordReader(octets);
        if (reader.Version == 0 || reader.Version > codec.Version)
        {
            throw new RecordFormatException(RecordFormatError.UnknownVersion, 0);
        }

        T record = codec.Read(ref reader);
        reader.RequireEnd();
        return record;
    }

    /// <inheritdoc/>
    public BinaryData Serialize<T>(T? input) =>
        new(ToOctets(input ?? throw new ArgumentNullException(nameof(input), "A record is never null; an absent one is cleared.")));

    /// <inheritdoc/>
    public T Deserialize<T>(BinaryData input) => FromOctets<T>(input.ToMemory().Span);

    private IRecordCodec<T> Codec<T>() =>
        _codecs.TryGetValue(typeof(T), out object? codec)
            ? (IRecordCodec<T>)codec
            : throw new InvalidOperationException($"No codec is registered for the record {typeof(T)}; see AddRecordCodec.");
}
