using System.Text;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Conformance;

/// <summary>docs/conformance.md: every requirement, with the tests that hold it.</summary>
internal static class ConformanceDocument
{
    public static IReadOnlyList<RequirementId> Ids() =>
        RequirementId.Parse(File.ReadLines(Repository.PathOf("docs", "conformance.ids.txt")));

    public static string Render(IReadOnlyList<RequirementId> ids, IReadOnlyList<HeldRequirement> held)
    {
        var tests = held.ToLookup(h => h.Id, StringComparer.Ordinal);
        var text = new StringBuilder()
            .Append("# Conformance\n\n")
            .Append("Every requirement of the specification profile and the tests that hold it; *later* where there is none yet.\n")
            .Append("Made from `conformance.ids.txt` and the `[Requirement]` attributes of the tests by `./test.sh --docs`.\n\n")
            .Append($"{ids.Count(i => tests.Contains(i.Id))} of {ids.Count(i => !i.IsEditorial)} are held by tests.\n");
        foreach (var section in ids.GroupBy(i => i.Section))
        {
            text.Append($"\n## {section.Key}\n\n| Id | Requirement | Held by |\n|---|---|---|\n");
            foreach (var id in section)
            {
                text.Append($"| {id.Id} | {id.Statement} | {Cell(id, tests[id.Id])} |\n");
            }
        }

        return text.ToString();
    }

    private static string Cell(RequirementId id, IEnumerable<HeldRequirement> tests)
    {
        if (id.IsEditorial)
        {
            return "—";
        }

        var projects = tests.GroupBy(t => t.Project).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
            $"{g.Key}: {string.Join(", ", g.Select(t => $"`{t.Test}`").Distinct().Order(StringComparer.Ordinal))}");
        var cell = string.Join("<br>", projects);
        return cell.Length == 0 ? "later" : cell;
    }
}
