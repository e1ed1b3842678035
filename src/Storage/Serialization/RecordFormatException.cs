namespace PosteRestante.Storage.Serialization;

/// <summary>Stored octets are not the record they should be.</summary>
public sealed class RecordFormatException : FormatException
{
    /// <summary>Creates the exception.</summary>
    public RecordFormatException(RecordFormatError error, int offset)
        : base($"Not a record: {error} at octet {offset}.")
    {
        Error = error;
        Offset = offset;
    }

    /// <summary>What is wrong.</summary>
    public RecordFormatError Error { get; }

    /// <summary>Where the field begins, in octets from the start of the record.</summary>
    public int Offset { get; }
}
