using System.Globalization;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>SIP-date: <c>Sat, 13 Nov 2010 23:29:00 GMT</c> (RFC 3261 20.17, 25.1; RFC 1123). No other zone is allowed.</summary>
public static class SipDate
{
    /// <summary>The length of every SIP-date.</summary>
    public const int Length = 29;

    private static readonly int[] Months = Names("JanFebMarAprMayJunJulAugSepOctNovDec"u8);
    private static readonly int[] Days = Names("SunMonTueWedThuFriSat"u8);

    /// <summary>Reads a date that is the whole of <paramref name="text"/>; the day of the week must be one, but need not be right.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length != Length || Days.AsSpan().IndexOf(Name(text)) < 0 || text[3] != (byte)',' || !text[25..].SequenceEqual(" GMT"u8)
            || text[4] != (byte)' ' || text[7] != (byte)' ' || text[11] != (byte)' ' || text[16] != (byte)' '
            || text[19] != (byte)':' || text[22] != (byte)':')
        {
            return false;
        }

        var day = TwoDigits(text[5], text[6]);
        var month = Months.AsSpan().IndexOf(Name(text[8..])) + 1;
        var year = (100 * TwoDigits(text[12], text[13])) + TwoDigits(text[14], text[15]);
        var hour = TwoDigits(text[17], text[18]);
        var minute = TwoDigits(text[20], text[21]);
        var second = TwoDigits(text[23], text[24]);
        if (year is < 1 or > 9999 || month == 0 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        // A leap second is taken for the one before it.
        date = new DateTimeOffset(new DateTime(year, month, day, hour, minute, Math.Min(second, 59), DateTimeKind.Utc));
        return true;
    }

    /// <summary>Writes a date; returns the octets written, <see cref="Length"/>.</summary>
    public static int Format(DateTimeOffset date, Span<byte> destination) =>
        date.UtcDateTime.TryFormat(destination, out var written, "R", CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException("A SIP-date takes 29 octets.", nameof(destination));

    /// <summary>The date as text.</summary>
    public static string Format(DateTimeOffset date) => date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    private static int Name(ReadOnlySpan<byte> text) => (text[0] << 16) | (text[1] << 8) | text[2];

    private static int[] Names(ReadOnlySpan<byte> text)
    {
        var names = new int[text.Length / 3];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Name(text[(3 * i)..]);
        }

        return names;
    }

    // Over 99 when one of the two is no digit, also when only one of them is used in a year.
    private static int TwoDigits(byte tens, byte ones) =>
        (uint)(tens - '0') > 9 || (uint)(ones - '0') > 9 ? 100_000 : ((tens - '0') * 10) + (ones - '0');
}
