namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>A command of the documents, and what shows that somebody runs it.</summary>
/// <param name="Command">The command as the documents show it.</param>
/// <param name="File">A file of the repository: a script, a pipeline, a test.</param>
/// <param name="Text">What stands in that file where it is run.</param>
internal sealed record HeldCommand(string Command, string File, string Text);
