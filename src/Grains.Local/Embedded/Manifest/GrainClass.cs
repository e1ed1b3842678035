using System.Reflection;
using Orleans.Concurrency;
using Orleans.Embedded.Turns;
using Orleans.Runtime;

namespace Orleans.Embedded.Manifest;

/// <summary>What the runtime knows of a grain class.</summary>
internal sealed class GrainClass
{
    private readonly GrainConstructor _constructor;

    public GrainClass(int index, Type type, bool isPlacedWithCaller, GrainConstructor constructor)
    {
        Index = index;
        Type = type;
        IsPlacedWithCaller = isPlacedWithCaller;
        _constructor = constructor;
        GrainType = NameOf(type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        HasActivate = Overrides(type, nameof(IGrainBase.OnActivateAsync));
        OverridesDeactivate = Overrides(type, nameof(IGrainBase.OnDeactivateAsync));
        HasDeactivate = OverridesDeactivate || typeof(IDisposable).IsAssignableFrom(type) || typeof(IAsyncDisposable).IsAssignableFrom(type);
    }

    public int Index { get; }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public bool IsPlacedWithCaller { get; }

    /// <summary>Whether there is something to run before the first request.</summary>
    public bool HasActivate { get; }

    public bool OverridesDeactivate { get; }

    /// <summary>Whether there is something to run after the last request.</summary>
    public bool HasDeactivate { get; }

    public object Construct(Activation activation) => _constructor.Construct(activation);

    // Orleans' rule: the attribute, else the class name in lower case without its last "grain".
    private static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } attribute)
        {
            return GrainType.Create(attribute.Name);
        }

        const string Suffix = "grain";
#pragma warning disable CA1308 // The name is lower case by Orleans' rule; it is not compared with upper case.
        var name = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        return GrainType.Create(name.EndsWith(Suffix, StringComparison.Ordinal) && name.Length > Suffix.Length ? name[..^Suffix.Length] : name);
    }

    private static bool Overrides(Type type, string method) =>
        type.GetMethod(method, BindingFlags.Public | BindingFlags.Instance) is { } found && found.DeclaringType != typeof(Grain);
}
