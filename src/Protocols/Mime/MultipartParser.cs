using System.Collections.Immutable;
using System.Text;

namespace PosteRestante.Protocols.Mime;

/// <summary>Takes a multipart body apart (RFC 2046 5.1). One level at a time; the caller says how deep it is.</summary>
public static class MultipartParser
{
    /// <summary>Reads the parts of a body.</summary>
    /// <param name="body">The whole body. The parts are slices of it.</param>
    /// <param name="type">Its media type, with the boundary.</param>
    /// <param name="options">Limits.</param>
    /// <param name="parts">The parts; empty on an error.</param>
    /// <param name="depth">Containers around this one: 0 for the body of a message.</param>
    public static MimeError Parse(
        ReadOnlyMemory<byte> body, MediaType type, MimeOptions options, out ImmutableArray<MimePart> parts, int depth = 0)
    {
        parts = [];
        if (depth >= options.MaxDepth)
        {
            return MimeError.TooDeep;
        }

        if (!type.IsMultipart || type.Boundary is not { } boundary)
        {
            return MimeError.NoBoundary;
        }

        byte[] delimiter = Encoding.ASCII.GetBytes($"\r\n--{boundary}");
        Delimiter found = FindFirst(body.Span, delimiter);
        if (found.IsNone)
        {
            return MimeError.NoParts;
        }

        ImmutableArray<MimePart>.Builder builder = ImmutableArray.CreateBuilder<MimePart>();
        while (!found.IsClosing)
        {
            int start = found.End;

            // The CRLF that ends a delimiter line may begin the next delimiter: an empty part.
            Delimiter next = Find(body.Span, start - 2, delimiter);
            if (next.IsNone)
            {
                return MimeError.Unterminated;
            }

            if (builder.Count == options.MaxParts)
            {
                return MimeError.TooManyParts;
            }

            MimeError error = ReadPart(body[start..Math.Max(start, next.Start)], options, out MimePart? part);
            if (part is null)
            {
                return error;
            }

            builder.Add(part);
            found = next;
        }

        parts = builder.DrainToImmutable();
        return parts.IsEmpty ? MimeError.NoParts : MimeError.None;
    }

    // The first delimiter may stand at the very beginning, without CRLF before it.
    private static Delimiter FindFirst(ReadOnlySpan<byte> body, byte[] delimiter)
    {
        Delimiter atStart = body.StartsWith(delimiter.AsSpan(2)) ? Judge(body, 0, delimiter.Length - 2) : default;
        return atStart.IsNone ? Find(body, 0, delimiter) : atStart;
    }

    private static Delimiter Find(ReadOnlySpan<byte> body, int from, byte[] delimiter)
    {
        while (true)
        {
            int at = body[from..].IndexOf(delimiter);
            if (at < 0)
            {
                return default;
            }

            Delimiter found = Judge(body, from + at, delimiter.Length);
            if (!found.IsNone)
            {
                return found;
            }

            from += at + 1;
        }
    }

    // After the boundary: "--" if it closes, white space, then CRLF (or, when closing, anything: the epilogue).
    private static Delimiter Judge(ReadOnlySpan<byte> body, int start, int length)
    {
        ReadOnlySpan<byte> rest = body[(start + length)..];
        if (rest.StartsWith("--"u8))
        {
            return new Delimiter(start, start + length + 2, IsClosing: true);
        }

        int padding = rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        return padding >= 0 && rest[padding..].StartsWith("\r\n"u8)
            ? new Delimiter(start, start + length + padding + 2, IsClosing: false)
            : default;
    }

    private static MimeError ReadPart(ReadOnlyMemory<byte> octets, MimeOptions options, out MimePart? part)
    {
        part = null;
        ReadOnlySpan<byte> span = octets.Span;
        ImmutableArray<MimeHeader>.Builder headers = ImmutableArray.CreateBuilder<MimeHeader>();
        int at = 0;
        while (true)
        {
            if (span[at..].StartsWith("\r\n"u8))
            {
                at += 2;
                break;
            }

            if (at == span.Length)
            {
                // Headers without a blank line: a part without content.
                break;
            }

            int end = LineEnd(span, at);
            if (end > options.MaxHeaderBytes)
            {
                return MimeError.HeadersTooLong;
            }

            if (headers.Count == options.MaxHeaders)
            {
                return MimeError.TooManyHeaders;
            }

            if (!TryReadHeader(octets[at..end], out MimeHeader header))
            {
                return MimeError.BadHeader;
            }

            headers.Add(header);
            at = Math.Min(span.Length, end + 2);
        }

        part = new MimePart(headers.DrainToImmutable(), octets[at..]);
        return MimeError.None;
    }

    // The end of a header: the CRLF that is not followed by white space (RFC 5322 2.2.3 folding), or the end.
    private static int LineEnd(ReadOnlySpan<byte> span, int from)
    {
        int at = from;
        while (true)
        {
            int found = span[at..].IndexOf("\r\n"u8);
            if (found < 0)
            {
                return span.Length;
            }

            at += found;
            bool folded = at + 2 < span.Length && span[at + 2] is (byte)' ' or (byte)'\t';
            if (!folded)
            {
                return at;
            }

            at += 2;
        }
    }

    private static bool TryReadHeader(ReadOnlyMemory<byte> line, out MimeHeader header)
    {
        header = default;
        ReadOnlySpan<byte> span = line.Span;
        int colon = span.IndexOf((byte)':');
        if (colon <= 0)
        {
            return false;
        }

        string name = Encoding.Latin1.GetString(MimeSyntax.Trim(span[..colon]));
        if (!MimeSyntax.IsToken(name) || span.Contains((byte)0))
        {
            return false;
        }

        ReadOnlySpan<byte> value = span[(colon + 1)..];
        int leading = value.Length - value.TrimStart(" \t\r\n"u8).Length;
        header = new MimeHeader(name, line.Slice(colon + 1 + leading, value.Trim(" \t\r\n"u8).Length));
        return true;
    }

    private readonly record struct Delimiter(int Start, int End, bool IsClosing)
    {
        public bool IsNone => End == 0;
    }
}
