using System.Xml.Linq;

namespace PosteRestante.Architecture.Tests.Projects;

/// <summary>What a project file references.</summary>
/// <param name="Name">The file's name without its ending.</param>
/// <param name="Projects">Names of the referenced projects.</param>
/// <param name="Packages">Names of the referenced (or downloaded) packages.</param>
/// <param name="ImportsGrainApi">Whether it imports eng/GrainRuntime.targets.</param>
internal sealed record ProjectFile(string Name, string[] Projects, string[] Packages, bool ImportsGrainApi)
{
    public static ProjectFile Load(string path) => Parse(Path.GetFileNameWithoutExtension(path), File.ReadAllText(path));

    public static ProjectFile Parse(string name, string text)
    {
        var document = XDocument.Parse(text);
        return new ProjectFile(
            name,
            [.. Includes(document, "ProjectReference").Select(p => Path.GetFileNameWithoutExtension(p.Replace('\\', '/')))],
            [.. Includes(document, "PackageReference").Concat(Includes(document, "PackageDownload"))],
            document.Descendants("Import").Any(i => i.Attribute("Project")?.Value.EndsWith("GrainRuntime.targets", StringComparison.Ordinal) == true));
    }

    /// <summary>What the file does that the table of layers does not allow.</summary>
    public IEnumerable<string> Violations()
    {
        if (!LayerTable.Allowed.TryGetValue(Name, out var allowed))
        {
            yield return $"{Name} is not in the table of layers";
            yield break;
        }

        foreach (var project in Projects.Except(allowed, StringComparer.Ordinal))
        {
            yield return $"{Name} references the project {project}";
        }

        foreach (var package in Packages.Where(p => p.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal)))
        {
            yield return $"{Name} references {package} itself";
        }

        if (ImportsGrainApi && !LayerTable.UseGrainApi.Contains(Name))
        {
            yield return $"{Name} imports the grain API";
        }
    }

    private static IEnumerable<string> Includes(XDocument document, string element) => document
        .Descendants(element)
        .Select(e => e.Attribute("Include")?.Value)
        .OfType<string>();
}
