using System.Globalization;
using Orleans.Storage;
using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Providers;

/// <summary>ETags as grain runtimes have them: the number of the write as text, null when there is no record.</summary>
internal static class EtagText
{
    private const long NoRecord = 0;

    /// <summary>An ETag that this store never gave out, so that it matches nothing.</summary>
    private const long Foreign = -1;

    public static string? Of(long etag) => etag == NoRecord ? null : etag.ToString(CultureInfo.InvariantCulture);

    public static long Number(string? etag)
    {
        if (string.IsNullOrEmpty(etag))
        {
            return NoRecord;
        }

        return long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number : Foreign;
    }

    public static InconsistentStateException Conflict(WriteResult result, string? expected) =>
        new("The record is not at the expected version.", Of(result.Etag) ?? "", expected ?? "");
}
