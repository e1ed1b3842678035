namespace PosteRestante.Grains.Local.Tests.Copying;

/// <summary>A type that contracts may not carry.</summary>
public sealed class Uncopied;
