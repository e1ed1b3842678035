using System.Collections.Immutable;

namespace PosteRestante.Protocols.Mime;

/// <summary>One part of a multipart body: slices of the body, nothing is copied.</summary>
public sealed class MimePart
{
    internal MimePart(ImmutableArray<MimeHeader> headers, ReadOnlyMemory<byte> content)
    {
        Headers = headers;
        Content = content;
    }

    /// <summary>The headers in their order.</summary>
    public ImmutableArray<MimeHeader> Headers { get; }

    /// <summary>The content, octet for octet.</summary>
    public ReadOnlyMemory<byte> Content { get; }

    /// <summary>The media type; null when there is none (then <c>text/plain</c>, RFC 2046 5.1) or it is malformed.</summary>
    public MediaType? ContentType =>
        Header("Content-Type") is { } value && MediaType.TryParse(value.Span, out MediaType? type) ? type : null;

    /// <summary>The disposition; null when there is none or it is malformed.</summary>
    public ContentDisposition? Disposition =>
        Header("Content-Disposition") is { } value && ContentDisposition.TryParse(value.Span, out ContentDisposition? found)
            ? found
            : null;

    /// <summary>The Content-ID without its angle brackets: what a <c>cid:</c> URL names (RFC 2392).</summary>
    public ReadOnlyMemory<byte>? ContentId
    {
        get
        {
            if (Header("Content-ID") is not { Length: > 0 } value)
            {
                return null;
            }

            ReadOnlySpan<byte> text = value.Span;
            return text[0] == '<' && text[^1] == '>' ? value[1..^1] : value;
        }
    }

    /// <summary>The value of the first header of this name.</summary>
    public ReadOnlyMemory<byte>? Header(string name)
    {
        foreach (MimeHeader header in Headers)
        {
            if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return header.Value;
            }
        }

        return null;
    }
}
