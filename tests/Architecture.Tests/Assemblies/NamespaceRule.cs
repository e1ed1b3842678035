namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>The types of one namespace (with those below it) use none of some namespaces, types or members.</summary>
/// <param name="Namespace">Where the rule holds.</param>
/// <param name="Forbidden">Namespaces (<c>A.B.*</c>), types (<c>A.B.C</c>) or members (<c>A.B.C.D</c>).</param>
internal sealed record NamespaceRule(string Namespace, params string[] Forbidden)
{
    /// <summary>Types that are allowed although their namespace is forbidden.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    public IEnumerable<string> Violations(AssemblyFacts assembly) =>
        from use in assembly.Uses
        where IsIn(use.User, Namespace) && Forbidden.Any(f => Matches(f, use)) && !Allowed.Contains(use.Target)
        select use.ToString();

    private static bool Matches(string forbidden, TypeUse use) => forbidden.EndsWith(".*", StringComparison.Ordinal)
        ? IsIn(use.Target, forbidden[..^2])
        : use.Target == forbidden || (use.Member is not null && $"{use.Target}.{use.Member}" == forbidden);

    private static bool IsIn(string type, string space) =>
        type.StartsWith(space, StringComparison.Ordinal) && type.Length > space.Length && type[space.Length] == '.';
}
