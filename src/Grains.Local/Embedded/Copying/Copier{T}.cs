namespace Orleans.Embedded.Copying;

/// <summary>Deep copies of one type, so that nothing is shared between caller and grain in tests.</summary>
/// <typeparam name="T">The type.</typeparam>
public static class Copier<T>
{
    private static Func<T, T>? _copy;

#pragma warning disable CA1000 // Generated code names the type; there is nothing to infer it from.
    /// <summary>A deep copy, <see cref="Orleans.ImmutableAttribute"/> or not.</summary>
    /// <exception cref="Orleans.Runtime.OrleansConfigurationException">The type is not one that contracts may carry.</exception>
    public static T Copy(T value) => value is null ? value : (_copy ??= (Func<T, T>)Copiers.Make(typeof(T)))(value);

    /// <summary>Names the generated copier of a type.</summary>
    public static void Use(Func<T, T> copy) => _copy ??= copy;
#pragma warning restore CA1000
}
