namespace Orleans;

/// <summary>Marks a type that crosses a grain call; Local writes a deep copier for it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum)]
public sealed class GenerateSerializerAttribute : Attribute;
