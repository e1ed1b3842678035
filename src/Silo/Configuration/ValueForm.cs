using System.ComponentModel;
using System.Globalization;

namespace PosteRestante.Silo.Configuration;

/// <summary>What the text of a setting must look like, by its type.</summary>
internal static class ValueForm
{
    /// <summary>The form in words; null when the type is not read from one text.</summary>
    public static string? Of(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            _ when value == typeof(string) => "a text",
            _ when value == typeof(bool) => "true or false",
            _ when value == typeof(TimeSpan) => "a duration such as 00:00:05 or 7.00:00:00",
            _ when value == typeof(double) => "a number",
            _ when value == typeof(Uri) => "a URI",
            { IsEnum: true } => "one of " + string.Join(", ", Enum.GetNames(value)),
            { IsPrimitive: true } => "a whole number",
            _ => null,
        };
    }

    /// <summary>Whether the binder will be able to read the text.</summary>
    public static bool CanRead(Type type, string text)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        if (value == typeof(string) || (text.Length == 0 && value != type))
        {
            return true;
        }

        if (value == typeof(TimeSpan))
        {
            // TimeSpan reads "5" as five days, which nobody who writes it means.
            return text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _);
        }

        return value.IsEnum
            ? Enum.TryParse(value, text, ignoreCase: true, out var read) && Enum.IsDefined(value, read)
            : IsConvertible(TypeDescriptor.GetConverter(value), text);
    }

    // Which exception a converter throws is its own affair: numbers wrap an OverflowException in an ArgumentException.
    private static bool IsConvertible(TypeConverter converter, string text)
    {
        try
        {
            return converter.ConvertFromInvariantString(text) is not null;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException or NotSupportedException)
        {
            return false;
        }
    }
}
