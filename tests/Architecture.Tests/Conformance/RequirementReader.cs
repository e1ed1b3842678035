using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using PosteRestante.TestKit;

namespace PosteRestante.Architecture.Tests.Conformance;

/// <summary>Reads the <see cref="RequirementAttribute"/>s of a built test assembly.</summary>
internal sealed class RequirementReader
{
    private readonly MetadataReader _metadata;
    private readonly string _project;

    private RequirementReader(MetadataReader metadata)
    {
        _metadata = metadata;
        _project = metadata.GetString(metadata.GetAssemblyDefinition().Name)
            .Replace("PosteRestante.", "", StringComparison.Ordinal)
            .Replace(".Tests", "", StringComparison.Ordinal);
    }

    public static IReadOnlyList<HeldRequirement> Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    public static IReadOnlyList<HeldRequirement> Read(Stream stream)
    {
        using var file = new PEReader(stream);
        var reader = new RequirementReader(file.GetMetadataReader());
        return [.. reader._metadata.TypeDefinitions.SelectMany(reader.OfType)];
    }

    private IEnumerable<HeldRequirement> OfType(TypeDefinitionHandle handle)
    {
        var type = _metadata.GetTypeDefinition(handle);
        var name = _metadata.GetString(type.Name);
        var ofClass = IdsOf(type.GetCustomAttributes()).Select(id => new HeldRequirement(id, _project, name));
        var ofMethods =
            from method in type.GetMethods().Select(_metadata.GetMethodDefinition)
            from id in IdsOf(method.GetCustomAttributes())
            select new HeldRequirement(id, _project, $"{name}.{_metadata.GetString(method.Name)}");
        return ofClass.Concat(ofMethods);
    }

    private IEnumerable<string> IdsOf(CustomAttributeHandleCollection attributes) => attributes
        .Select(_metadata.GetCustomAttribute)
        .Where(IsRequirement)
        .SelectMany(a => Strings(_metadata.GetBlobReader(a.Value)));

    private bool IsRequirement(CustomAttribute attribute)
    {
        if (attribute.Constructor.Kind != HandleKind.MemberReference)
        {
            return false;
        }

        var parent = _metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
        return parent.Kind == HandleKind.TypeReference
            && Assemblies.MetadataNames.OfType(_metadata, (TypeReferenceHandle)parent) == typeof(RequirementAttribute).FullName;
    }

    // The one constructor argument is an array of strings (ECMA-335 II.23.3).
    private static List<string> Strings(BlobReader blob)
    {
        _ = blob.ReadUInt16();
        var strings = new List<string>();
        for (var left = blob.ReadInt32(); left > 0; left--)
        {
            strings.Add(blob.ReadSerializedString() ?? "");
        }

        return strings;
    }
}
