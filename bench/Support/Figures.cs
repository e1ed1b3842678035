using System.Globalization;

namespace PosteRestante.Bench.Support;

/// <summary>Prints figures as lines <c>name=value</c> that a program can read, each below what it means.</summary>
internal static class Figures
{
    /// <summary>Prints one.</summary>
    public static void Print(TextWriter output, string name, double value, string meaning)
    {
        output.WriteLine($"  {meaning}:");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.##}"));
    }
}
