using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Conformance;

/// <summary>The built test assemblies, which lie beside this one's folder.</summary>
internal static class TestAssemblies
{
    /// <summary>The requirements that all test projects hold.</summary>
    public static IReadOnlyList<HeldRequirement> Held() => [.. Paths().SelectMany(RequirementReader.Read)];

    private static IEnumerable<string> Paths()
    {
        // …/bin/Architecture.Tests/debug/
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var bin = here.Parent!.Parent!.FullName;
        foreach (var project in Directory.EnumerateFiles(Repository.PathOf("tests"), "*.Tests.csproj", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var path = Path.Combine(bin, name, here.Name, $"PosteRestante.{name}.dll");
            File.Exists(path).ShouldBeTrue($"{name} is not built; ./test.sh Architecture builds all");
            yield return path;
        }
    }
}
