namespace PosteRestante.Protocols.Mime;

/// <summary>A parameter of a media type or disposition.</summary>
/// <param name="Name">Compared without case.</param>
/// <param name="Value">Without quotes; empty when there is none.</param>
public readonly record struct MimeParameter(string Name, string Value);
