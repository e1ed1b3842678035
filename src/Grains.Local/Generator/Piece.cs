using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>What is generated for one type: its source, and its line in the list. Plain text, so that the compiler can compare it.</summary>
internal readonly struct Piece : IEquatable<Piece>
{
    public Piece(string name, string source, string registration)
    {
        Name = name;
        Source = source;
        Registration = registration;
    }

    public string Name { get; }

    public string Source { get; }

    public string Registration { get; }

    public bool IsEmpty => Name is null;

    public static Piece Of(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(static candidate => Symbols.Is(candidate, "Orleans.IGrain")))
        {
            return InterfaceSource.Write(type);
        }

        if (type is { TypeKind: TypeKind.Class, IsAbstract: false } && type.AllInterfaces.Any(static candidate => Symbols.Is(candidate, "Orleans.IGrainBase")))
        {
            return ClassSource.Write(type);
        }

        return type.TypeKind is TypeKind.Class or TypeKind.Struct && Symbols.Has(type, "Orleans.GenerateSerializerAttribute")
            ? CopierSource.Write(type)
            : default;
    }

    public bool Equals(Piece other) => Name == other.Name && Source == other.Source && Registration == other.Registration;

    public override bool Equals(object? obj) => obj is Piece other && Equals(other);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Source ?? "");
}
