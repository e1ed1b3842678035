using System.Globalization;

namespace PosteRestante.Cli.Reception;

/// <summary>Sizes for people.</summary>
internal static class OctetText
{
    private static readonly string[] Units = ["B", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Three digits or so, and a unit.</summary>
    public static string Of(long octets)
    {
        double value = octets;
        var unit = 0;
        while (value >= 1024 && unit < Units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Units[unit]}");
    }
}
