namespace Orleans.Embedded;

/// <summary>Hands a grain's constructor the activation that is being made on this thread.</summary>
internal static class ActivationScope
{
    [ThreadStatic]
    private static IActivation? _current;

    public static IActivation Current =>
        _current ?? throw new InvalidOperationException("A grain is made by the runtime, not by new: get a reference from IGrainFactory.");

    public static void Set(IActivation? activation) => _current = activation;
}
