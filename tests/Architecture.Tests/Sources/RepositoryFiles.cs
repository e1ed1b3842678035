using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Sources;

/// <summary>The text files of the repository; what the build makes and what is binary is left out.</summary>
internal static class RepositoryFiles
{
    private static readonly string[] LeftOut = ["artifacts", ".git", "bin", "obj", "data", "TestResults", ".vs", ".idea"];
    private static readonly string[] Binary = [".dat", ".msrp", ".pcap", ".bin", ".db", ".png"];

    public static IEnumerable<(string Path, string Text)> All()
    {
        var open = new Stack<string>([Repository.Root]);
        while (open.TryPop(out var folder))
        {
            foreach (var below in Directory.EnumerateDirectories(folder).Where(d => !LeftOut.Contains(Path.GetFileName(d))))
            {
                open.Push(below);
            }

            foreach (var file in Directory.EnumerateFiles(folder).Where(f => !Binary.Contains(Path.GetExtension(f)) && Path.GetFileName(f) != ".git"))
            {
                yield return (Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), File.ReadAllText(file));
            }
        }
    }
}
