namespace Orleans.Concurrency;

/// <summary>On a grain interface method: it runs whatever else the grain is doing.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;
