using System.Reflection.Metadata;

namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>Full names of types in metadata; a nested type has the name of its top-level type.</summary>
internal static class MetadataNames
{
    public static string OfType(MetadataReader metadata, TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil)
        {
            type = metadata.GetTypeDefinition(type.GetDeclaringType());
        }

        return Join(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    public static string OfType(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var type = metadata.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference)
        {
            type = metadata.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        }

        return Join(metadata.GetString(type.Namespace), metadata.GetString(type.Name));
    }

    private static string Join(string space, string name) => space.Length == 0 ? name : $"{space}.{name}";
}
