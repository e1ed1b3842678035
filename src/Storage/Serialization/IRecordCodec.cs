namespace PosteRestante.Storage.Serialization;

/// <summary>
/// Turns one type of record into octets and back. Stateless; lives beside the record it knows. Every format ever
/// written stays readable: a new field means a new version, and <see cref="Read"/> asks <see cref="RecordReader.Version"/>.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
public interface IRecordCodec<T>
{
    /// <summary>The version that is written, from 1; older ones are read.</summary>
    byte Version { get; }

    /// <summary>Writes the fields, in a fixed order.</summary>
    void Write(ref RecordWriter writer, T record);

    /// <summary>Reads the fields in the same order.</summary>
    /// <exception cref="RecordFormatException">The octets are not such a record.</exception>
    T Read(ref RecordReader reader);
}
