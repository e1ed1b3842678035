namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>One setting of an options class.</summary>
/// <param name="Key">The key below the section.</param>
/// <param name="Default">The default as it would be written in the settings file.</param>
/// <param name="Comment">What its doc comment says, on one line.</param>
internal sealed record Setting(string Key, string Default, string Comment);
