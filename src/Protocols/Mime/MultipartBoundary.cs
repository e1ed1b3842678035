namespace PosteRestante.Protocols.Mime;

/// <summary>Finds a boundary that does not occur in what it shall bound (RFC 2046 5.1.1).</summary>
public static class MultipartBoundary
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>
    /// A boundary such that <c>--boundary</c> occurs in none of the contents. It grows by the character that follows
    /// what it has so far least often, so each one cuts the occurrences to a 36th at worst: contents made to collide
    /// cost a few scans, ordinary ones cost one.
    /// </summary>
    public static string Choose(ReadOnlySpan<byte> content, ReadOnlySpan<byte> other = default)
    {
        string boundary = "p";
        Span<int> counts = stackalloc int[Alphabet.Length];
        Span<byte> marker = stackalloc byte[2 + 70];
        "--p"u8.CopyTo(marker);
        int length = 3;
        while (true)
        {
            counts.Clear();
            if (!CountFollowers(content, marker[..length], counts) & !CountFollowers(other, marker[..length], counts))
            {
                return boundary;
            }

            char next = Alphabet[IndexOfLeast(counts)];
            boundary += next;
            marker[length++] = (byte)next;
        }
    }

    private static int IndexOfLeast(ReadOnlySpan<int> counts)
    {
        int least = 0;
        for (int i = 1; i < counts.Length; i++)
        {
            least = counts[i] < counts[least] ? i : least;
        }

        return least;
    }

    private static bool CountFollowers(ReadOnlySpan<byte> content, ReadOnlySpan<byte> marker, Span<int> counts)
    {
        bool occurs = false;
        while (true)
        {
            int at = content.IndexOf(marker);
            if (at < 0)
            {
                return occurs;
            }

            occurs = true;
            content = content[(at + marker.Length)..];
            int follower = content.IsEmpty ? -1 : Alphabet.IndexOf((char)content[0], StringComparison.Ordinal);
            if (follower >= 0)
            {
                counts[follower]++;
            }
        }
    }
}
