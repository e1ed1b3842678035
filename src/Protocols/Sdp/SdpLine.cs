namespace PosteRestante.Protocols.Sdp;

/// <summary>A line that is kept as it is.</summary>
/// <param name="Type">The letter before the equals sign.</param>
/// <param name="Value">What follows it.</param>
public readonly record struct SdpLine(char Type, string Value);
