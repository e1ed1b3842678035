using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>Compiles a few lines of C# into an assembly, so that a rule can be shown to find what it forbids.</summary>
internal static class SampleAssembly
{
    public static AssemblyFacts Compile(string source)
    {
        using var stream = Emit(source);
        return AssemblyFacts.Read(stream);
    }

    /// <param name="source">The text of the assembly's one file.</param>
    /// <param name="references">Assemblies of ours that it uses.</param>
    public static Stream Emit(string source, params IEnumerable<Assembly> references)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => !Path.GetFileName(p).StartsWith("PosteRestante.", StringComparison.Ordinal))
            .Concat(references.Select(r => r.Location))
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(source)],
            platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        return stream;
    }
}
