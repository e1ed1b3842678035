namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>What other assemblies see of a type.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Shape">What kind of type it is, with its base type, and for an attribute where it may stand.</param>
/// <param name="Interfaces">What it implements.</param>
/// <param name="Members">Its public and protected members with their signatures.</param>
internal sealed record TypeSurface(string Name, string Shape, IReadOnlyList<string> Interfaces, IReadOnlyList<string> Members)
{
    /// <summary>The lines that stand for it in <c>OrleansSurface.unchecked.txt</c>.</summary>
    public IEnumerable<string> Lines => [$"{Shape} {Name}{(Interfaces.Count == 0 ? "" : $" implements {string.Join(", ", Interfaces)}")}", .. Members.Select(static member => $"  {member}")];
}
