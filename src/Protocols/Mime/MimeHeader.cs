namespace PosteRestante.Protocols.Mime;

/// <summary>A header of a body part.</summary>
/// <param name="Name">As written; compared without case.</param>
/// <param name="Value">Octets without white space around; folds are still in it.</param>
public readonly record struct MimeHeader(string Name, ReadOnlyMemory<byte> Value);
