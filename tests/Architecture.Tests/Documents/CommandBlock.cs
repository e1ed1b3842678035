using PosteRestante.Architecture.Tests.Sources;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>A command that a document shows.</summary>
/// <param name="Document">The document, from the repository's root.</param>
/// <param name="Command">One line of a fenced <c>sh</c> block, without its comment.</param>
internal sealed record CommandBlock(string Document, string Command)
{
    /// <summary>The commands of every Markdown file of the repository.</summary>
    public static IEnumerable<CommandBlock> All() => RepositoryFiles.All()
        .Where(f => f.Path.EndsWith(".md", StringComparison.Ordinal))
        .OrderBy(f => f.Path, StringComparer.Ordinal)
        .SelectMany(f => In(f.Path, f.Text));

    public static IEnumerable<CommandBlock> In(string document, string text)
    {
        var inside = false;
        foreach (var line in text.Split('\n').Select(l => l.Trim()))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                inside = !inside && line == "```sh";
                continue;
            }

            var command = line.Split("  #", 2)[0].TrimEnd();
            if (inside && command.Length > 0 && command[0] != '#')
            {
                yield return new CommandBlock(document, command);
            }
        }
    }
}
