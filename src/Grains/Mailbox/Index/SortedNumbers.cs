namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>Looks numbers up that are in ascending order.</summary>
internal static class SortedNumbers
{
    /// <summary>Whether one of them lies from <paramref name="first"/> to <paramref name="last"/>, both included.</summary>
    public static bool HasAnyWithin(long[] sorted, long first, long last)
    {
        var at = Array.BinarySearch(sorted, first);
        at = at < 0 ? ~at : at;
        return at < sorted.Length && sorted[at] <= last;
    }
}
