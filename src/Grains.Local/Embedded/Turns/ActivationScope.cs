namespace Orleans.Embedded.Turns;

/// <summary>Hands a grain's constructor the activation that is being made on this thread.</summary>
internal static class ActivationScope
{
    [ThreadStatic]
    private static Activation? _current;

    public static Activation Current =>
        _current ?? throw new InvalidOperationException("A grain is made by the runtime, not by new: get a reference from IGrainFactory.");

    public static object Make(Activation activation)
    {
        var outer = _current;
        _current = activation;
        try
        {
            return activation.Class.Construct(activation);
        }
        finally
        {
            _current = outer;
        }
    }
}
