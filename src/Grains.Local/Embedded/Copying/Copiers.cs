using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Orleans.Runtime;

namespace Orleans.Embedded.Copying;

/// <summary>How each kind of type that contracts may carry is copied.</summary>
internal static class Copiers
{
    private static readonly HashSet<Type> Atoms =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(TickStatus),
    ];

    /// <summary>A <c>Func&lt;T, T&gt;</c> for a type without a generated copier.</summary>
    public static Delegate Make(Type type)
    {
        if (type.IsPrimitive || type.IsEnum || Atoms.Contains(type))
        {
            return Call(nameof(Same), type);
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Call(nameof(OfNullable), underlying);
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
        {
            return Call(nameof(OfImmutableArray), type.GenericTypeArguments[0]);
        }

        if (type.IsSZArray)
        {
            return Call(nameof(OfArray), type.GetElementType()!);
        }

        throw new OrleansConfigurationException(
            $"{type} crosses a grain call, but it is neither a simple value, an ImmutableArray of such, nor a record with [GenerateSerializer].");
    }

    private static Delegate Call(string maker, Type type) =>
        (Delegate)typeof(Copiers).GetMethod(maker, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;

    private static Func<T, T> Same<T>() => static value => value;

    private static Func<T?, T?> OfNullable<T>()
        where T : struct => static value => value is { } some ? Copier<T>.Copy(some) : null;

    private static Func<ImmutableArray<T>, ImmutableArray<T>> OfImmutableArray<T>() => static value =>
        value.IsDefault ? value : ImmutableCollectionsMarshal.AsImmutableArray(CopyOf(value.AsSpan()));

    private static Func<T[], T[]> OfArray<T>() => static value => CopyOf<T>(value);

    private static T[] CopyOf<T>(ReadOnlySpan<T> values)
    {
        if (!RuntimeHelpers.IsReferenceOrContainsReferences<T>())
        {
            return values.ToArray();
        }

        var copy = new T[values.Length];
        for (var i = 0; i < copy.Length; i++)
        {
            copy[i] = Copier<T>.Copy(values[i]);
        }

        return copy;
    }
}
