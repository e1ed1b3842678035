using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>What the rules need to know of one built assembly, read without loading it.</summary>
internal sealed class AssemblyFacts
{
    private AssemblyFacts(string name, string[] references, TypeUse[] uses, string[] changingStatics)
    {
        Name = name;
        References = references;
        Uses = uses;
        ChangingStatics = changingStatics;
    }

    public string Name { get; }

    /// <summary>Names of the assemblies that it references.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Every use of one type by another, without repeats.</summary>
    public IReadOnlyList<TypeUse> Uses { get; }

    /// <summary>Static fields that can change after the type initializer ran.</summary>
    public IReadOnlyList<string> ChangingStatics { get; }

    public static AssemblyFacts Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    public static AssemblyFacts Read(Stream stream)
    {
        using var file = new PEReader(stream);
        var metadata = file.GetMetadataReader();
        var collector = new UseCollector(metadata);
        var changing = new List<string>();
        foreach (var handle in metadata.TypeDefinitions)
        {
            collector.VisitType(handle, body => file.GetMethodBody(body));
            changing.AddRange(StaticsOf(metadata, handle));
        }

        return new AssemblyFacts(
            metadata.GetString(metadata.GetAssemblyDefinition().Name),
            [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))],
            [.. collector.Uses],
            [.. changing]);
    }

    private static IEnumerable<string> StaticsOf(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            var name = metadata.GetString(field.Name);
            // The compiler's own caches of lambdas are static fields in types with a name like "<>c".
            var ours = !name.StartsWith('<') && !metadata.GetString(type.Name).StartsWith('<');
            var changing = field.Attributes.HasFlag(FieldAttributes.Static)
                && !field.Attributes.HasFlag(FieldAttributes.InitOnly)
                && !field.Attributes.HasFlag(FieldAttributes.Literal);
            if (ours && changing)
            {
                yield return $"{MetadataNames.OfType(metadata, handle)}.{name}";
            }
        }
    }
}
