namespace Orleans.Embedded.Manifest;

/// <summary>A parameter of a grain class's constructor.</summary>
/// <param name="Type">The service.</param>
/// <param name="Key">The key of a keyed service, or null.</param>
public sealed record ConstructorParameter(Type Type, object? Key = null);
