using System.Xml.Linq;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Sources;

/// <summary>Which project a source file belongs to, and that project's root namespace.</summary>
internal static class ProjectFolders
{
    private static readonly (string Folder, string Root)[] All =
    [
        .. new[] { "src", "tests", "bench" }
            .SelectMany(f => Directory.EnumerateFiles(Repository.PathOf(f), "*.csproj", SearchOption.AllDirectories))
            .Select(p => (Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(p)!).Replace('\\', '/'), RootNamespace(p)))
            // The innermost project first: one may lie in another's folder.
            .OrderByDescending(p => p.Item1.Length),
    ];

    public static (string Folder, string Root) Of(string path) =>
        All.First(p => path.StartsWith(p.Folder + "/", StringComparison.Ordinal));

    private static string RootNamespace(string project) =>
        XDocument.Load(project).Descendants("RootNamespace").FirstOrDefault()?.Value
        ?? $"PosteRestante.{Path.GetFileNameWithoutExtension(project)}";
}
