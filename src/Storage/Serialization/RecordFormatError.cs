namespace PosteRestante.Storage.Serialization;

/// <summary>Why octets are not a record.</summary>
public enum RecordFormatError
{
    /// <summary>The record ends inside a field.</summary>
    Truncated,

    /// <summary>Octets are left after the last field.</summary>
    TrailingOctets,

    /// <summary>The version is 0 or newer than the codec knows.</summary>
    UnknownVersion,

    /// <summary>A number is longer than it need be, or over 64 bits.</summary>
    InvalidNumber,

    /// <summary>A number is outside of what its field can hold.</summary>
    OutOfRange,

    /// <summary>A text is not UTF-8.</summary>
    InvalidText,

    /// <summary>A count is more than the octets that are left.</summary>
    InvalidCount,
}
