using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orleans.Generator;

/// <summary>
/// Writes, for each grain interface, a reference with its pooled calls; for each grain class, a constructor delegate;
/// for each record with [GenerateSerializer], a copier; and one list of them all, which the runtime finds by an
/// attribute of the assembly.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class GrainCodeGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var pieces = context.SyntaxProvider.CreateSyntaxProvider(
            static (node, _) => node is TypeDeclarationSyntax { BaseList: not null } or TypeDeclarationSyntax { AttributeLists.Count: > 0 },
            static (syntax, cancellation) => syntax.SemanticModel.GetDeclaredSymbol((TypeDeclarationSyntax)syntax.Node, cancellation) is { } type
                ? Piece.Of(type)
                : default)
            .Where(static piece => !piece.IsEmpty);
        context.RegisterSourceOutput(pieces.Collect(), static (output, pieces) =>
        {
            foreach (var piece in pieces.Distinct().Where(static piece => piece.Source.Length > 0))
            {
                output.AddSource($"{piece.Name}.g.cs", piece.Source);
            }
        });

        var parts = context.CompilationProvider.Select(static (compilation, _) => Parts(compilation));
        context.RegisterSourceOutput(pieces.Collect().Combine(parts), static (output, both) =>
            output.AddSource("GrainList.g.cs", ListSource.Write(both.Right, both.Left)));
    }

    // Assemblies that this one refers to and that have a list of their own; Orleans calls them application parts.
    private static string Parts(Compilation compilation)
    {
        var names = compilation.SourceModule.ReferencedAssemblySymbols
            .Where(static assembly => assembly.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "Orleans.Embedded.Manifest.GrainManifestAttribute"))
            .Select(static assembly => assembly.Identity.Name);
        var text = new StringBuilder();
        foreach (var name in names)
        {
            text.Append(name).Append('\n');
        }

        return text.ToString();
    }
}
