namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>The product's assemblies beside this test program.</summary>
internal static class BuiltAssemblies
{
    private static readonly Dictionary<string, AssemblyFacts> Read = [];
    private static readonly Lock Gate = new();

    /// <summary>The facts of a project's assembly; <c>Cli</c> is the one with a name of its own.</summary>
    public static AssemblyFacts Of(string project)
    {
        lock (Gate)
        {
            if (!Read.TryGetValue(project, out var facts))
            {
                var file = project == "Cli" ? "poste.dll" : $"PosteRestante.{project}.dll";
                facts = AssemblyFacts.Read(Path.Combine(AppContext.BaseDirectory, file));
                Read[project] = facts;
            }

            return facts;
        }
    }
}
