using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans;

namespace PosteRestante.Architecture.Tests.GrainApi;

/// <summary>The style of contract records (design: "contract style"), as faults in words; none means in style.</summary>
internal static class ContractRules
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;

    public static IEnumerable<string> FaultsOf(Type type)
    {
        if (!type.IsClass || type.GetMethod("<Clone>$") is null)
        {
            yield return "is neither a simple value nor a record";
            yield break;
        }

        if (!type.IsPublic)
        {
            yield return "is not public and top-level";
        }

        if (!type.IsSealed || type.IsGenericType || type.BaseType != typeof(object))
        {
            yield return "is not sealed, or is generic, or derives from another type";
        }

        if (!type.IsDefined(typeof(GenerateSerializerAttribute)) || !type.IsDefined(typeof(ImmutableAttribute)))
        {
            yield return "lacks [GenerateSerializer] or [Immutable]";
        }

        if (type.GetCustomAttributes<AliasAttribute>().Count() != 1)
        {
            yield return "has not exactly one [Alias]";
        }

        if (type.GetConstructors(Everything).Any(static constructor => constructor.IsPublic && constructor.GetParameters().Length > 0))
        {
            yield return "has a constructor with parameters";
        }

        foreach (var fault in MemberFaults(type))
        {
            yield return fault;
        }
    }

    private static IEnumerable<string> MemberFaults(Type type)
    {
        var properties = type.GetProperties(Everything).Where(static property => property.Name != "EqualityContract").ToArray();
        var stored = properties.Where(property => type.GetField($"<{property.Name}>k__BackingField", Everything) is not null).ToArray();
        foreach (var property in properties.Where(static property => property.IsDefined(typeof(IdAttribute))).Except(stored))
        {
            yield return $"{property.Name} has an [Id] but logic in its accessors";
        }

        foreach (var property in stored)
        {
            if (property.SetMethod is not { IsPublic: true } setter || !setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            {
                yield return $"{property.Name} is not get and init";
            }

            if (property.IsDefined(typeof(RequiredMemberAttribute)))
            {
                yield return $"{property.Name} is required";
            }
        }

        var fields = type.GetFields(Everything).Count(static field => !field.Name.EndsWith("k__BackingField", StringComparison.Ordinal));
        if (fields > 0)
        {
            yield return "has fields";
        }

        var ids = stored.Select(static property => property.GetCustomAttribute<IdAttribute>()?.Id).ToArray();
        if (ids.Any(static id => id is null) || !ids.Order().SequenceEqual(Enumerable.Range(0, ids.Length).Select(static id => (uint?)id)))
        {
            yield return "has members whose [Id]s are not 0, 1, 2 and so on";
        }
    }
}
