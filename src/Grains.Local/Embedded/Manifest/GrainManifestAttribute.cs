using System.Diagnostics.CodeAnalysis;

namespace Orleans.Embedded.Manifest;

/// <summary>Names the generated list of an assembly's grains, contracts and copiers.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type list) : Attribute
{
    /// <summary>An <see cref="IGrainList"/>.</summary>
    public Type List { get; } = list;
}
