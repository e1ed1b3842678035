using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Orleans.Generator;

/// <summary>How a grain class is made.</summary>
internal static class ClassSource
{
    private const string Keyed = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";

    public static Piece Write(INamedTypeSymbol type)
    {
        var constructors = type.InstanceConstructors
            .Where(static constructor => constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
            .ToArray();
        if (type.IsGenericType || constructors.Length != 1)
        {
            return Symbols.Error(type, $"{type.Name}: a grain class is not generic here and has one constructor");
        }

        if (type.DeclaredAccessibility == Accessibility.Private || type.ContainingType?.DeclaredAccessibility == Accessibility.Private)
        {
            return Symbols.Error(type, $"{type.Name}: a grain class is visible in its assembly");
        }

        var parameters = constructors[0].Parameters;
        var services = string.Join(", ", parameters.Select(Service));
        var arguments = string.Join(", ", parameters.Select(static (parameter, index) => $"({Symbols.Name(parameter.Type)})arguments[{index}]!"));
        var name = Symbols.Plain(type);
        return new(
            Symbols.Mangled(type),
            "",
            $"manifest.AddClass<{name}>(new global::Orleans.Embedded.Manifest.ConstructorParameter[] {{ {services} }}, static arguments => new {name}({arguments}));");
    }

    private static string Service(IParameterSymbol parameter)
    {
        var keyed = parameter.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.ToDisplayString() == Keyed);
        var key = keyed is null ? "" : $", {keyed.ConstructorArguments[0].ToCSharpString()}";
        return $"new(typeof({Symbols.Plain(parameter.Type)}){key})";
    }
}
