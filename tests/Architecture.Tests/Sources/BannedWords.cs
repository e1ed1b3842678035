using System.Text.RegularExpressions;

namespace PosteRestante.Architecture.Tests.Sources;

/// <summary>Words that do not belong into the repository: it speaks of the product alone.</summary>
internal static class BannedWords
{
    // Each word is put together from pieces, so that this file does not hold what it looks for.
    private static readonly string[] RegistryHosts =
    [
        Host("nuget", "org"), Host("npmjs", "org"), Host("npmjs", "com"), Host("debian", "org"), Host("pypi", "org"),
        Host("microsoft", "com") + "/dotnet", Host("docker", "io"), Host("ghcr", "io"), Host("quay", "io"),
    ];

    private static readonly string[] MachineFolders = ["work", "farm", "tmp", "root", "home"];

    private static readonly Regex Pattern = new(
        $"({string.Join('|', RegistryHosts)})"
        + $"|(^|[^A-Za-z0-9_.$}}~*-])/({string.Join('|', MachineFolders)})/"
        + "|" + "sub" + "agent|" + @"\." + "library/",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    public static IEnumerable<string> Violations(string path, string text) => text
        .Split('\n')
        .Select((line, index) => (line, number: index + 1))
        .Where(l => Pattern.IsMatch(l.line))
        .Select(l => $"{path}:{l.number}: {l.line.Trim()}");

    private static string Host(string name, string end) => $@"\b{name}\.{end}";
}
