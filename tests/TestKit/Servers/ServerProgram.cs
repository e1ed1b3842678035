using Xunit;

namespace PosteRestante.TestKit.Servers;

/// <summary>Where the built programs are.</summary>
public static class ServerProgram
{
    /// <summary>The service that was built with the running tests: same runtime, same configuration.</summary>
    public static string Path { get; } = Find("Silo", "PosteRestante.Silo");

    /// <summary>Whether the service was built with Orleans as its grain runtime.</summary>
    public static bool IsOrleans { get; } =
        File.Exists(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, "Orleans.Runtime.dll"));

    /// <summary>The built <c>poste</c>; the test project must refer to <c>src/Cli</c>.</summary>
    public static string Poste => Find("Cli", "poste");

    // artifacts/RUNTIME/bin/PROJECT/CONFIGURATION/
    private static string Find(string project, string program)
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        var bin = own.Parent?.Parent?.FullName ?? throw new InvalidOperationException($"{own} is not an output folder.");
        var path = System.IO.Path.Combine(bin, project, own.Name, program);
        Assert.True(File.Exists(path), $"{path} is not built; the test project must refer to src/{project}");
        return path;
    }
}
