using System.Reflection;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Embedded.Manifest;

/// <summary>
/// Orleans reads its attributes in certain places only and is silent about the others; here a wrong place stops the
/// start, so that both runtimes do the same.
/// </summary>
internal static class ManifestRules
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] OnMethods = [typeof(AlwaysInterleaveAttribute), typeof(ReadOnlyAttribute), typeof(OneWayAttribute)];

    /// <exception cref="OrleansConfigurationException">Some attribute stands in the wrong place; every one is named.</exception>
    public static void Check(GrainManifest manifest)
    {
        var grains = manifest.GrainTypes.ToHashSet();
        var faults = new List<string>();
        foreach (var type in manifest.Assemblies.SelectMany(static assembly => assembly.GetTypes()))
        {
            if (type.IsDefined(typeof(ReentrantAttribute), inherit: false) && !grains.Contains(type))
            {
                faults.Add($"[Reentrant] on {type}, which is no grain class");
            }

            CheckMethods(type, faults);
        }

        foreach (var same in grains.GroupBy(static type => type.GetCustomAttribute<GrainTypeAttribute>()?.Name, StringComparer.Ordinal).Where(static group => group.Key is not null && group.Count() > 1))
        {
            faults.Add($"grain type '{same.Key}' is claimed by {string.Join(" and ", same)}");
        }

        if (faults.Count > 0)
        {
            throw new OrleansConfigurationException($"Grains are not as Orleans reads them: {string.Join("; ", faults)}.");
        }
    }

    private static void CheckMethods(Type type, List<string> faults)
    {
        foreach (var method in type.GetMethods(Declared))
        {
            foreach (var attribute in OnMethods.Where(attribute => method.IsDefined(attribute, inherit: false)))
            {
                if (!IsGrainInterface(type))
                {
                    faults.Add($"[{Name(attribute)}] on {type}.{method.Name}, which is no method of a grain interface");
                }
                else if (attribute == typeof(OneWayAttribute) && method.ReturnType.IsGenericType)
                {
                    faults.Add($"[OneWay] on {type}.{method.Name}, which has a result");
                }
            }
        }
    }

    private static bool IsGrainInterface(Type type) => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type);

    private static string Name(Type attribute) => attribute.Name[..^nameof(Attribute).Length];
}
