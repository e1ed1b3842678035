using System.Reflection;
using System.Runtime.Loader;

namespace Orleans.Embedded.Manifest;

/// <summary>Finds the assemblies of a program that bring grains: what is loaded, and what that refers to.</summary>
internal static class ManifestDiscovery
{
    private static readonly string[] Foreign = ["System", "Microsoft", "netstandard", "mscorlib", "xunit", "Anonymously"];

    public static GrainManifest Discover()
    {
        var manifest = new GrainManifest();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<Assembly>(AssemblyLoadContext.Default.Assemblies.Where(static assembly => !assembly.IsDynamic));
        while (open.TryDequeue(out var assembly))
        {
            var name = assembly.GetName();
            if (IsForeign(name) || !seen.Add(name.FullName))
            {
                continue;
            }

            manifest.Add(assembly);
            foreach (var reference in assembly.GetReferencedAssemblies().Where(static reference => !IsForeign(reference)))
            {
                open.Enqueue(Assembly.Load(reference));
            }
        }

        return manifest;
    }

    private static bool IsForeign(AssemblyName name) =>
        Array.Exists(Foreign, prefix => name.Name!.StartsWith(prefix, StringComparison.Ordinal));
}
