namespace Orleans.Concurrency;

/// <summary>On a grain class: all its requests may interleave at awaits.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;
