using System.Text;
using Microsoft.CodeAnalysis;

namespace Orleans.Generator;

/// <summary>The reference of a grain interface, and a pooled call for each of its methods.</summary>
internal static class InterfaceSource
{
    public static Piece Write(INamedTypeSymbol type)
    {
        if (type.IsGenericType)
        {
            return Symbols.Error(type, $"{type.Name}: a grain interface is not generic here");
        }

        var name = Symbols.Mangled(type);
        var reference = new StringBuilder();
        var calls = new StringBuilder();
        var number = 0;
        foreach (var member in Members(type))
        {
            if (member is not IMethodSymbol method || !MethodShape.TryRead(method, out var shape))
            {
                return Symbols.Error(type, $"{type.Name}.{member.Name}: a grain method returns ValueTask, ValueTask<T>, Task or Task<T>, is not generic, and takes its arguments by value");
            }

            var call = $"{name}_{++number}_{method.Name}";
            CallSource.Reference(reference, shape, call);
            CallSource.Call(calls, shape, call);
        }

        var source = $$"""
            {{Symbols.Header}}
            namespace OrleansCodeGen;

            internal sealed class {{name}}_Reference : global::Orleans.Embedded.Calls.EmbeddedReference, {{Symbols.Plain(type)}}
            {
                public {{name}}_Reference(global::Orleans.Embedded.Calls.GrainBinding binding, global::Orleans.Runtime.IdSpan key)
                    : base(binding, key)
                {
                }
            {{reference}}}
            {{calls}}
            """;
        return new(name, source, $"manifest.AddInterface<{Symbols.Plain(type)}>(static (binding, key) => new {name}_Reference(binding, key));");
    }

    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) =>
        new[] { type }.Concat(type.AllInterfaces).SelectMany(static declaring => declaring.GetMembers())
            .Where(static member => member is { IsStatic: false } and not INamedTypeSymbol);
}
