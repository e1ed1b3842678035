using System.Text;
using PosteRestante.Architecture.Tests.Sources;
using PosteRestante.Silo.Configuration;

namespace PosteRestante.Architecture.Tests.Documents;

/// <summary>docs/configuration.md: every section of the settings file, with its keys and defaults.</summary>
internal static class ConfigurationDocument
{
    /// <summary>Read under the other grain runtime only, so <see cref="SiloSections"/> has it not in this build.</summary>
    public const string OrleansSection = "Cluster";

    /// <summary>Every options class of the service; clients have options too, but no settings file.</summary>
    public static IEnumerable<SettingsSection> Declared() => SourceFile.Below("src")
        .Where(f => !f.Path.StartsWith("src/Client/", StringComparison.Ordinal) && !f.Path.StartsWith("src/Cli/", StringComparison.Ordinal))
        .SelectMany(SettingsSection.In);

    /// <summary>Those that the service reads: another section in the settings would stop its start.</summary>
    public static IEnumerable<SettingsSection> Sections()
    {
        var read = SiloSections.All.Names.Append(OrleansSection).ToHashSet(StringComparer.Ordinal);
        return Declared().Where(s => read.Contains(s.Name));
    }

    public static string Render(IEnumerable<SettingsSection> sections)
    {
        var text = new StringBuilder("""
            # Configuration

            `appsettings.json` beside the program, then environment variables (`Listeners__SipPort=5070`), then the command line
            (`--Listeners:SipPort=5070`); the later wins. Durations are written `d.hh:mm:ss`, sizes in octets. A section or key that
            nobody knows, and a value that cannot be, stops the start with a sentence that names it.

            Made from the options classes by `./test.sh --docs`.

            """);
        foreach (var section in sections.OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            text.Append($"\n## {section.Name}\n\n{section.Comment}\n");
            if (section.Settings.Count > 0)
            {
                text.Append("\n| Key | Default | What it is |\n|---|---|---|\n");
            }

            foreach (var setting in section.Settings)
            {
                text.Append($"| {setting.Key} | {setting.Default} | {setting.Comment} |\n");
            }
        }

        return text.ToString();
    }
}
