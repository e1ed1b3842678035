using System.Reflection;

namespace PosteRestante.Silo.Configuration;

/// <summary>
/// Walks a section beside the type that it will be bound to, and says in a sentence each what the type does not know
/// or cannot read. The binder would stop at the first, with a message for programmers.
/// </summary>
internal sealed class SectionInspector
{
    private readonly List<string> _failures = [];

    /// <summary>What was found, in the order of the settings.</summary>
    public IReadOnlyList<string> Failures => _failures;

    /// <summary>Looks at a section and everything below it.</summary>
    public void Inspect(IConfigurationSection section, Type type)
    {
        if (ValueForm.Of(type) is { } form)
        {
            InspectValue(section, type, form);
        }
        else if (ElementType(type) is { } element)
        {
            InspectList(section, element);
        }
        else
        {
            InspectObject(section, type);
        }
    }

    /// <summary>Looks for names that are not among those known.</summary>
    public void InspectNames(string parent, IEnumerable<string> names, IReadOnlyCollection<string> known)
    {
        foreach (var name in names)
        {
            InspectName(parent, name, known);
        }
    }

    private void InspectName(string parent, string name, IReadOnlyCollection<string> known)
    {
        if (known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return;
        }

        var prefix = parent.Length == 0 ? string.Empty : parent + ":";
        var hint = NearestName.To(name, known) is { } near
            ? $"did you mean {prefix}{near}?"
            : $"known here are {string.Join(", ", known.Order(StringComparer.Ordinal))}.";
        _failures.Add($"{prefix}{name} is not a setting; {hint}");
    }

    private void InspectValue(IConfigurationSection section, Type type, string form)
    {
        if (section.GetChildren().Any())
        {
            _failures.Add($"{section.Path} is a section but must be {form}.");
        }
        else if (section.Value is { } text && !ValueForm.CanRead(type, text))
        {
            _failures.Add($"{section.Path} is '{text}' but must be {form}.");
        }
    }

    private void InspectList(IConfigurationSection section, Type element)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            _failures.Add($"{section.Path} is '{section.Value}' but must be a list ({section.Path}:0, {section.Path}:1 …).");
        }

        foreach (var item in section.GetChildren())
        {
            Inspect(item, element);
        }
    }

    private void InspectObject(IConfigurationSection section, Type type)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            _failures.Add($"{section.Path} is '{section.Value}' but must be a section with keys of its own.");
        }

        var properties = SettingsOf(type).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var child in section.GetChildren())
        {
            InspectName(section.Path, child.Key, properties.Keys);
            if (properties.TryGetValue(child.Key, out var property))
            {
                Inspect(child, property.PropertyType);
            }
        }
    }

    /// <summary>The properties of a type that settings can set; what only code can set has a type that no text has.</summary>
    internal static IEnumerable<PropertyInfo> SettingsOf(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => ElementType(property.PropertyType) != typeof(Type));

    /// <summary>The type of a list's items; null when the type is no list.</summary>
    internal static Type? ElementType(Type type) =>
        type == typeof(string) ? null : type.GetInterfaces().Prepend(type)
            .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
}
