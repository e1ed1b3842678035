namespace Orleans.Concurrency;

/// <summary>On a grain interface method: it changes nothing, so it may interleave with others like it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;
