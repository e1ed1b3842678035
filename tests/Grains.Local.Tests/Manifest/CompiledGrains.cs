using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orleans;
using Orleans.Generator;

namespace PosteRestante.Grains.Local.Tests.Manifest;

/// <summary>Grains compiled from text with the generator, into an assembly that no other test sees.</summary>
internal static class CompiledGrains
{
    private const string Usings = "using System; using System.Threading.Tasks; using Orleans; using Orleans.Concurrency;\n";

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static Assembly Load(string source)
    {
        var (compilation, errors) = Compile(source);
        errors.ShouldBeEmpty();
        using var image = new MemoryStream();
        compilation.Emit(image).Success.ShouldBeTrue();
        image.Position = 0;
        return new AssemblyLoadContext("grains under test", isCollectible: true).LoadFromStream(image);
    }

    public static IReadOnlyList<string> Errors(string source) => Compile(source).Errors;

    private static (Compilation Compilation, IReadOnlyList<string> Errors) Compile(string source)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Latest);
        var compilation = CSharpCompilation.Create(
            "GrainsUnderTest",
            [CSharpSyntaxTree.ParseText(Usings + source, parsing)],
            References.Append(MetadataReference.CreateFromFile(typeof(IGrain).Assembly.Location)).DistinctBy(static reference => Path.GetFileName(reference.Display)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new GrainCodeGenerator().AsSourceGenerator()], parseOptions: parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _);
        var errors = generated.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return (generated, [.. errors.Select(static diagnostic => diagnostic.GetMessage())]);
    }
}
