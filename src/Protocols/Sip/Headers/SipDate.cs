using System.Globalization;

namespace PosteRestante.Protocols.Sip.Headers;

/// <summary>SIP-date: <c>Sat, 13 Nov 2010 23:29:00 GMT</c> (RFC 3261 20.17, 25.1; RFC 1123). No other zone is allowed.</summary>
public static class SipDate
{
    /// <summary>The length of every SIP-date.</summary>
    public const int Length = 29;

    private static ReadOnlySpan<byte> Months => "JanFebMarAprMayJunJulAugSepOctNovDec"u8;

    private static ReadOnlySpan<byte> Days => "SunMonTueWedThuFriSat"u8;

    /// <summary>Reads a date that is the whole of <paramref name="text"/>; the day of the week must be one, but need not be right.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset date)
    {
        date = default;
        if (text.Length != Length || !text[25..].SequenceEqual(" GMT"u8)
            || text[3] != (byte)',' || text[4] != (byte)' ' || text[7] != (byte)' ' || text[11] != (byte)' ' || text[16] != (byte)' '
            || text[19] != (byte)':' || text[22] != (byte)':')
        {
            return false;
        }

        var month = IndexOfName(Months, text.Slice(8, 3)) + 1;
        if (month == 0 || IndexOfName(Days, text[..3]) < 0
            || !TwoDigits(text[5..], out var day) || !TwoDigits(text[12..], out var century) || !TwoDigits(text[14..], out var year)
            || !TwoDigits(text[17..], out var hour) || !TwoDigits(text[20..], out var minute) || !TwoDigits(text[23..], out var second))
        {
            return false;
        }

        year += century * 100;
        if (year == 0 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 60)
        {
            return false;
        }

        date = new DateTimeOffset(year, month, day, hour, minute, Math.Min(second, 59), TimeSpan.Zero); // a leap second is its neighbour
        return true;
    }

    /// <summary>Writes a date; returns the octets written, <see cref="Length"/>.</summary>
    public static int Format(DateTimeOffset date, Span<byte> destination) =>
        date.UtcDateTime.TryFormat(destination, out var written, "R", CultureInfo.InvariantCulture)
            ? written
            : throw new ArgumentException("A SIP-date takes 29 octets.", nameof(destination));

    /// <summary>The date as text.</summary>
    public static string Format(DateTimeOffset date) => date.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    private static int IndexOfName(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < names.Length; i += 3)
        {
            if (names.Slice(i, 3).SequenceEqual(name))
            {
                return i / 3;
            }
        }

        return -1;
    }

    private static bool TwoDigits(ReadOnlySpan<byte> text, out int number)
    {
        var tens = text[0] - '0';
        var ones = text[1] - '0';
        number = (tens * 10) + ones;
        return (uint)tens <= 9 && (uint)ones <= 9;
    }
}
