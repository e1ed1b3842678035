using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>Reads the public surface of an assembly from its metadata, without loading it.</summary>
internal sealed class SurfaceReader(MetadataReader metadata)
{
    private readonly SignatureNames _names = new();

    public static IReadOnlyDictionary<string, TypeSurface> Read(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var reader = new SurfaceReader(image.GetMetadataReader());
        return reader.Types().ToDictionary(static type => type.Name, StringComparer.Ordinal);
    }

    private IEnumerable<TypeSurface> Types()
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            if ((type.Attributes & TypeAttributes.VisibilityMask) is TypeAttributes.Public or TypeAttributes.NestedPublic)
            {
                yield return new TypeSurface(
                    _names.GetTypeFromDefinition(metadata, handle, 0),
                    Shape(type),
                    [.. type.GetInterfaceImplementations().Select(implementation => Name(metadata.GetInterfaceImplementation(implementation).Interface)).Order(StringComparer.Ordinal)],
                    [.. Fields(type).Concat(type.GetMethods().Select(Method).OfType<string>()).Order(StringComparer.Ordinal)]);
            }
        }
    }

    private string Shape(TypeDefinition type)
    {
        var kind = type.Attributes.HasFlag(TypeAttributes.Interface) ? "interface" : type.BaseType.IsNil ? "class" : Name(type.BaseType) switch
        {
            "System.ValueType" => "struct",
            "System.Enum" => "enum",
            "System.Object" => "class",
            var parent => $"class : {parent}",
        };
        var modifier = (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
        {
            TypeAttributes.Abstract | TypeAttributes.Sealed => "static ",
            TypeAttributes.Abstract when kind != "interface" => "abstract ",
            TypeAttributes.Sealed when kind.StartsWith("class", StringComparison.Ordinal) => "sealed ",
            _ => "",
        };
        return $"{Usage(type)}{modifier}{kind}{Generics(type.GetGenericParameters())}";
    }

    private string Usage(TypeDefinition type)
    {
        foreach (var attribute in type.GetCustomAttributes().Select(metadata.GetCustomAttribute))
        {
            if (attribute.Constructor.Kind == HandleKind.MemberReference
                && Name(metadata.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent) == "System.AttributeUsageAttribute")
            {
                return $"[{UsageText.Read(metadata.GetBlobReader(attribute.Value))}] ";
            }
        }

        return "";
    }

    private IEnumerable<string> Fields(TypeDefinition type)
    {
        foreach (var field in type.GetFields().Select(metadata.GetFieldDefinition))
        {
            if (Access((MethodAttributes)field.Attributes) is { } access && !field.Attributes.HasFlag(FieldAttributes.SpecialName))
            {
                var value = field.GetDefaultValue().IsNil ? "" : $" = {Constant(field.GetDefaultValue())}";
                yield return $"{access}{(field.Attributes.HasFlag(FieldAttributes.Static) ? "static " : "")}{field.DecodeSignature(_names, null)} {metadata.GetString(field.Name)}{value}";
            }
        }
    }

    private string? Method(MethodDefinitionHandle handle)
    {
        var method = metadata.GetMethodDefinition(handle);
        var name = metadata.GetString(method.Name);
        if (Access(method.Attributes) is not { } access || name == ".cctor" || name == "Finalize")
        {
            return null;
        }

        var signature = method.DecodeSignature(_names, genericContext: null);
        var parameters = method.GetParameters().Select(metadata.GetParameter).Where(static parameter => parameter.SequenceNumber > 0).ToArray();
        var arguments = signature.ParameterTypes.Select((type, index) => $"{type} {Parameter(parameters[index])}");
        return $"{access}{Modifier(method)}{signature.ReturnType} {name}{Generics(method.GetGenericParameters())}({string.Join(", ", arguments)})";
    }

    private string Modifier(MethodDefinition method)
    {
        var declaring = metadata.GetTypeDefinition(method.GetDeclaringType());
        return method.Attributes switch
        {
            var attributes when attributes.HasFlag(MethodAttributes.Static) => "static ",
            var attributes when attributes.HasFlag(MethodAttributes.Abstract) => "abstract ",
            var attributes when attributes.HasFlag(MethodAttributes.Virtual) && !attributes.HasFlag(MethodAttributes.Final) && !declaring.Attributes.HasFlag(TypeAttributes.Sealed) => "virtual ",
            _ => "",
        };
    }

    private static string? Access(MethodAttributes attributes) => (attributes & MethodAttributes.MemberAccessMask) switch
    {
        MethodAttributes.Public => "",
        MethodAttributes.Family => "protected ",
        MethodAttributes.FamORAssem => "protected internal ",
        _ => null,
    };

    private string Parameter(Parameter parameter)
    {
        var name = metadata.GetString(parameter.Name);
        return parameter.GetDefaultValue().IsNil ? name : $"{name} = {Constant(parameter.GetDefaultValue())}";
    }

    private string Constant(ConstantHandle handle)
    {
        var constant = metadata.GetConstant(handle);
        return metadata.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode)?.ToString() ?? "null";
    }

    private string Generics(GenericParameterHandleCollection parameters)
    {
        if (parameters.Count == 0)
        {
            return "";
        }

        var texts = parameters.Select(metadata.GetGenericParameter).Select(parameter =>
            $"{metadata.GetString(parameter.Name)}{string.Concat(parameter.GetConstraints().Select(constraint => $" : {Name(metadata.GetGenericParameterConstraint(constraint).Type)}"))}"
            + $"{((parameter.Attributes & GenericParameterAttributes.SpecialConstraintMask) is var special and not GenericParameterAttributes.None ? $" ({special})" : "")}");
        return $"<{string.Join(", ", texts)}>";
    }

    private string Name(EntityHandle type) => SignatureNames.Of(type, metadata, _names);
}
