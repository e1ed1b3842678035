namespace Orleans;

/// <summary>Names the grain type of a grain class; without it the name is the class name in lower case without <c>grain</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    /// <param name="grainType">The name, as it stands in grain ids and storage keys.</param>
    public GrainTypeAttribute(string grainType) => Name = grainType;

    internal string Name { get; }
}
