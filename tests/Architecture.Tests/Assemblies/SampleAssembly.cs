using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>Compiles a few lines of C# into an assembly, so that a rule can be shown to find what it forbids.</summary>
internal static class SampleAssembly
{
    public static AssemblyFacts Compile(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => !Path.GetFileName(p).StartsWith("PosteRestante.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p));
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(source)],
            platform,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).ShouldBeEmpty();
        stream.Position = 0;
        return AssemblyFacts.Read(stream);
    }
}
