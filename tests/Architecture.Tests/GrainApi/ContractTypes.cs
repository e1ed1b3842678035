using System.Collections.Immutable;
using Orleans;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>The grain interfaces, and every type of ours that their signatures reach.</summary>
internal static class ContractTypes
{
    public static IReadOnlyList<Type> Interfaces { get; } =
    [
        .. System.Reflection.Assembly.Load("PosteRestante.Grains.Interfaces").GetTypes()
            .Where(static type => type.IsInterface && typeof(IGrain).IsAssignableFrom(type))
            .OrderBy(static type => type.FullName, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<Type> Carried { get; } = Reach(Interfaces.SelectMany(Signature));

    /// <summary>What a method takes and gives, without its promise.</summary>
    public static IEnumerable<Type> Signature(Type grainInterface) => grainInterface.GetMethods().SelectMany(static method =>
        method.GetParameters().Select(static parameter => parameter.ParameterType).Concat(method.ReturnType.GenericTypeArguments));

    /// <summary>The types within a type: the element of an array, the value of a nullable, or the type itself.</summary>
    public static Type Core(Type type)
    {
        while (true)
        {
            if (Nullable.GetUnderlyingType(type) is { } underlying)
            {
                type = underlying;
            }
            else if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            {
                type = type.GenericTypeArguments[0];
            }
            else
            {
                return type;
            }
        }
    }

    public static bool IsAtom(Type type) =>
        type.IsEnum || (type.IsPrimitive && type != typeof(IntPtr) && type != typeof(UIntPtr) && type != typeof(char))
        || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid) || type == typeof(DateTimeOffset) || type == typeof(TimeSpan);

    private static IReadOnlyList<Type> Reach(IEnumerable<Type> roots)
    {
        var reached = new HashSet<Type>();
        var open = new Stack<Type>(roots);
        while (open.TryPop(out var next))
        {
            var type = Core(next);
            if (IsAtom(type) || !reached.Add(type))
            {
                continue;
            }

            foreach (var property in type.GetProperties())
            {
                open.Push(property.PropertyType);
            }
        }

        return [.. reached.OrderBy(static type => type.FullName, StringComparer.Ordinal)];
    }
}
