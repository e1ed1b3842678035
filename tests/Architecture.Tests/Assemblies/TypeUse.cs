namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>One place where a type of an assembly uses another type, or a member of it.</summary>
/// <param name="User">Full name of the top-level type that holds the use.</param>
/// <param name="Target">Full name of the type that is used; a nested one by its top-level type.</param>
/// <param name="Member">The member that is used, null where only the type is named.</param>
internal sealed record TypeUse(string User, string Target, string? Member)
{
    public override string ToString() => Member is null ? $"{User} uses {Target}" : $"{User} uses {Target}.{Member}";
}
