using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Embedded.Calls;
using Orleans.Embedded.Copying;
using Orleans.Runtime;

namespace Orleans.Embedded.Manifest;

/// <summary>The grains and contracts of a program, gathered from the generated lists of its assemblies.</summary>
public sealed class GrainManifest
{
    private readonly Dictionary<Type, Func<GrainBinding, IdSpan, EmbeddedReference>> _interfaces = [];
    private readonly List<(Type Type, ConstructorParameter[] Parameters, Func<object?[], object> Construct)> _classes = [];
    private readonly HashSet<Assembly> _assemblies = [];

    /// <summary>The assemblies with grains or contracts.</summary>
    public IReadOnlyCollection<Assembly> Assemblies => _assemblies;

    internal IEnumerable<Type> GrainTypes => _classes.Select(static grainClass => grainClass.Type);

    /// <summary>Adds a grain interface.</summary>
    public void AddInterface<TInterface>(Func<GrainBinding, IdSpan, EmbeddedReference> reference) => _interfaces.TryAdd(typeof(TInterface), reference);

    /// <summary>Adds a grain class.</summary>
    public void AddClass<TClass>(ConstructorParameter[] parameters, Func<object?[], object> construct) =>
        _classes.Add((typeof(TClass), parameters, construct));

    /// <summary>Adds the copier of a contract type.</summary>
#pragma warning disable CA1822 // The generated lists speak to the manifest alone.
    public void AddCopier<T>(Func<T, T> copy) => Copier<T>.Use(copy);
#pragma warning restore CA1822

    /// <summary>Adds what another assembly brings.</summary>
    public void AddPart(string assemblyName) => Add(Assembly.Load(assemblyName));

    /// <summary>Adds what an assembly brings, if it has a generated list.</summary>
    public void Add(Assembly assembly)
    {
        if (assembly.GetCustomAttribute<GrainManifestAttribute>() is { } attribute && _assemblies.Add(assembly))
        {
            ((IGrainList)Activator.CreateInstance(attribute.List, nonPublic: true)!).AddTo(this);
        }
    }

    internal Func<GrainBinding, IdSpan, EmbeddedReference> FactoryOf(Type type) =>
        _interfaces.TryGetValue(type, out var factory)
            ? factory
            : throw new ArgumentException($"{type} is not a grain interface of an assembly that was built with the generator.", nameof(type));

    internal IReadOnlyList<GrainClass> MakeClasses(PlacementHints placement, IServiceProvider services, IServiceCollection registrations)
    {
        ManifestRules.Check(this);
        return
        [
            .. _classes.Select((grainClass, index) => new GrainClass(
                index,
                grainClass.Type,
                placement.IsPlacedWithCaller(grainClass.Type),
                new GrainConstructor(grainClass.Parameters, grainClass.Construct, services, registrations))),
        ];
    }
}
