using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.Options;

namespace PosteRestante.Silo.Configuration;

/// <summary>Judges a section by the attributes of its properties, in the same words as the validators of the areas.</summary>
internal sealed class AnnotationValidator<TOptions>(string section) : IValidateOptions<TOptions>
    where TOptions : class
{
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        List<string> failures = [];
        Collect(section, options, failures);
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static void Collect(string path, object options, List<string> failures)
    {
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var key = $"{path}:{property.Name}";
            var value = property.GetValue(options);
            failures.AddRange(property.GetCustomAttributes<ValidationAttribute>()
                .Where(attribute => !attribute.IsValid(value))
                .Select(attribute => Sentence(key, value, attribute)));
            if (value is not null && property.PropertyType.Namespace?.StartsWith(nameof(PosteRestante), StringComparison.Ordinal) == true
                && !property.PropertyType.IsEnum)
            {
                Collect(key, value, failures);
            }
        }
    }

    private static string Sentence(string key, object? value, ValidationAttribute attribute) => attribute switch
    {
        RangeAttribute range => $"{key} is {value} but must be from {range.Minimum} to {range.Maximum}.",
        RequiredAttribute => $"{key} is empty but must be given.",
        _ => attribute.FormatErrorMessage(key),
    };
}
