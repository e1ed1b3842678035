using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace PosteRestante.Architecture.Tests.Assemblies;

/// <summary>Walks types, signatures, attributes and instructions and notes every use of a type or member.</summary>
internal sealed class UseCollector
{
    private readonly MetadataReader _metadata;
    private readonly NamedTypes _names;
    private readonly HashSet<TypeUse> _uses = [];
    private string _user = "";

    public UseCollector(MetadataReader metadata)
    {
        _metadata = metadata;
        _names = new NamedTypes(metadata);
    }

    public IReadOnlyCollection<TypeUse> Uses => _uses;

    public void VisitType(TypeDefinitionHandle handle, Func<int, MethodBodyBlock> bodyAt)
    {
        var type = _metadata.GetTypeDefinition(handle);
        _user = MetadataNames.OfType(_metadata, handle);
        VisitToken(type.BaseType);
        VisitAttributes(type.GetCustomAttributes());
        VisitConstraints(type.GetGenericParameters());
        foreach (var implementation in type.GetInterfaceImplementations())
        {
            VisitToken(_metadata.GetInterfaceImplementation(implementation).Interface);
        }

        foreach (var field in type.GetFields().Select(_metadata.GetFieldDefinition))
        {
            Note(field.DecodeSignature(_names, null));
            VisitAttributes(field.GetCustomAttributes());
        }

        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            VisitMethod(method, bodyAt);
        }
    }

    private void VisitMethod(MethodDefinition method, Func<int, MethodBodyBlock> bodyAt)
    {
        Note(NamedTypes.Of(method.DecodeSignature(_names, null)));
        VisitAttributes(method.GetCustomAttributes());
        VisitConstraints(method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0)
        {
            return;
        }

        var body = bodyAt(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil)
        {
            foreach (var local in _metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_names, null))
            {
                Note(local);
            }
        }

        foreach (var region in body.ExceptionRegions)
        {
            VisitToken(region.CatchType);
        }

        foreach (var token in IlTokens.In(body.GetILBytes() ?? []))
        {
            VisitToken(MetadataTokens.EntityHandle(token));
        }
    }

    private void VisitConstraints(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(p => _metadata.GetGenericParameter(p).GetConstraints()))
        {
            VisitToken(_metadata.GetGenericParameterConstraint(constraint).Type);
        }
    }

    private void VisitAttributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes)
        {
            VisitToken(_metadata.GetCustomAttribute(attribute).Constructor);
        }
    }

    private void VisitToken(EntityHandle handle)
    {
        if (handle.IsNil)
        {
            return;
        }

        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition or HandleKind.TypeReference or HandleKind.TypeSpecification:
                Note(TypesOf(handle));
                break;
            case HandleKind.MemberReference:
                var member = _metadata.GetMemberReference((MemberReferenceHandle)handle);
                NoteMember(member.Parent, _metadata.GetString(member.Name));
                Note(member.GetKind() == MemberReferenceKind.Method
                    ? NamedTypes.Of(member.DecodeMethodSignature(_names, null))
                    : member.DecodeFieldSignature(_names, null));
                break;
            case HandleKind.MethodDefinition:
                var method = _metadata.GetMethodDefinition((MethodDefinitionHandle)handle);
                NoteMember(method.GetDeclaringType(), _metadata.GetString(method.Name));
                break;
            case HandleKind.FieldDefinition:
                var field = _metadata.GetFieldDefinition((FieldDefinitionHandle)handle);
                NoteMember(field.GetDeclaringType(), _metadata.GetString(field.Name));
                break;
            case HandleKind.MethodSpecification:
                var specification = _metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                VisitToken(specification.Method);
                Note([.. specification.DecodeSignature(_names, null).SelectMany(a => a)]);
                break;
            default:
                break;
        }
    }

    private ImmutableArray<string> TypesOf(EntityHandle handle) => handle.Kind switch
    {
        HandleKind.TypeDefinition => [MetadataNames.OfType(_metadata, (TypeDefinitionHandle)handle)],
        HandleKind.TypeReference => [MetadataNames.OfType(_metadata, (TypeReferenceHandle)handle)],
        HandleKind.TypeSpecification =>
            _metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_names, null),
        _ => [],
    };

    private void Note(ImmutableArray<string> targets)
    {
        foreach (var target in targets)
        {
            _uses.Add(new TypeUse(_user, target, null));
        }
    }

    private void NoteMember(EntityHandle parent, string name)
    {
        var targets = TypesOf(parent);
        Note(targets);
        if (targets.Length > 0)
        {
            // The first name is the type itself; what follows are its type arguments.
            _uses.Add(new TypeUse(_user, targets[0], name));
        }
    }
}
