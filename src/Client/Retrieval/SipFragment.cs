using System.Text;

namespace PosteRestante.Client.Retrieval;

/// <summary>A <c>message/sipfrag</c> (RFC 3420): an optional start line, headers, and a body after an empty line.</summary>
internal sealed class SipFragment
{
    private readonly string[] _lines;

    public SipFragment(ReadOnlyMemory<byte> octets)
    {
        var end = octets.Span.IndexOf("\r\n\r\n"u8);
        var head = end < 0 ? octets : octets[..end];
        Body = end < 0 ? ReadOnlyMemory<byte>.Empty : octets[(end + 4)..];
        _lines = Encoding.UTF8.GetString(head.Span)
            .Replace("\r\n ", " ", StringComparison.Ordinal)
            .Replace("\r\n\t", " ", StringComparison.Ordinal)
            .Split("\r\n");
    }

    /// <summary>The octets after the empty line.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The first value under any of these names, folds read as one space; null when there is none.</summary>
    public string? Header(params ReadOnlySpan<string> names)
    {
        foreach (var line in _lines)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            foreach (var name in names)
            {
                if (colon > 0 && line.AsSpan(0, colon).Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                {
                    return line[(colon + 1)..].Trim();
                }
            }
        }

        return null;
    }
}
