namespace PosteRestante.Architecture.Tests.Projects;

/// <summary>Which project of <c>src</c> may reference which. The arrows point down only.</summary>
internal static class LayerTable
{
    /// <summary>
    /// Project → the projects that it references. The grain API (Grains.Local, or the Orleans packages) is not among
    /// them: it comes by eng/GrainRuntime.targets alone.
    /// </summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["Protocols"] = [],
        ["SipStack"] = ["Protocols"],
        ["Grains.Local"] = [],
        ["Grains.Local.Generator"] = [],
        ["Grains.Interfaces"] = [],
        ["Storage"] = ["Grains.Interfaces"],
        ["Grains"] = ["Grains.Interfaces", "Storage"],
        ["SipEdge"] = ["SipStack", "Grains.Interfaces", "Storage"],
        ["Client"] = ["SipStack"],
        ["Cli"] = ["Client"],
        ["Silo"] = ["Client", "Grains", "SipEdge", "Storage"],
    };

    /// <summary>The projects that are written against the grain API.</summary>
    public static IReadOnlyList<string> UseGrainApi { get; } = ["Grains.Interfaces", "Storage", "Grains", "SipEdge", "Silo"];

    /// <summary>A project with everything below it: what its assembly may reference.</summary>
    public static IReadOnlySet<string> Below(string project)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(Allowed[project]);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var below in Allowed[next])
                {
                    open.Push(below);
                }
            }
        }

        if (UseGrainApi.Contains(project))
        {
            found.Add("Grains.Local");
        }

        return found;
    }

    /// <summary>References of an assembly to assemblies of ours that the table does not allow.</summary>
    public static IEnumerable<string> Violations(string project, IEnumerable<string> references)
    {
        var below = Below(project);
        return from reference in references
               let name = reference == "poste" ? "Cli" : reference.Replace("PosteRestante.", "", StringComparison.Ordinal)
               where Allowed.ContainsKey(name) && name != reference || reference == "poste"
               where !below.Contains(name)
               select $"{project} references {name}";
    }
}
