using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>The deep copier of a contract type: every member with an [Id].</summary>
internal static class CopierSource
{
    public static Piece Write(INamedTypeSymbol type)
    {
        var hasConstructor = type.IsValueType || type.InstanceConstructors.Any(static constructor =>
            constructor.Parameters.IsEmpty && constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal);
        if (type.IsGenericType || type.IsAbstract || !hasConstructor)
        {
            return Symbols.Error(type, $"{type.Name}: a type with [GenerateSerializer] is not generic, not abstract, and has a constructor without parameters");
        }

        var members = Members(type).ToArray();
        if (members.FirstOrDefault(static member => member.SetMethod is null or { DeclaredAccessibility: not (Accessibility.Public or Accessibility.Internal) }) is { } closed)
        {
            return Symbols.Error(type, $"{type.Name}.{closed.Name}: a member with [Id] is a property with init or set");
        }

        var name = Symbols.Plain(type);
        var copies = string.Join(", ", members.Select(static member =>
            $"{member.Name} = global::Orleans.Embedded.Copying.Copier<{Symbols.Name(member.Type)}>.Copy(value.{member.Name})"));
        return new(Symbols.Mangled(type), "", $"manifest.AddCopier<{name}>(static value => new {name} {{ {copies} }});");
    }

    private static IEnumerable<IPropertySymbol> Members(INamedTypeSymbol type)
    {
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (var member in declaring.GetMembers().OfType<IPropertySymbol>())
            {
                if (Symbols.Has(member, "Orleans.IdAttribute"))
                {
                    yield return member;
                }
            }
        }
    }
}
