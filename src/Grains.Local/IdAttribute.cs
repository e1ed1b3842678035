namespace Orleans;

/// <summary>The identity of a member on the wire: dense, never reused.</summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method)]
public sealed class IdAttribute(uint id) : Attribute
{
    /// <summary>The identity.</summary>
    public uint Id { get; } = id;
}
