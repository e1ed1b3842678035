namespace PosteRestante.Protocols.Mime;

/// <summary>Why a body is no multipart body, or one over the limits.</summary>
public enum MimeError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The type is not multipart, or has no valid boundary.</summary>
    NoBoundary,

    /// <summary>The boundary never occurs.</summary>
    NoParts,

    /// <summary>The closing delimiter is missing.</summary>
    Unterminated,

    /// <summary>A part's header has no colon, a bad name or control characters.</summary>
    BadHeader,

    /// <summary>A part's headers are longer than <see cref="MimeOptions.MaxHeaderBytes"/>.</summary>
    HeadersTooLong,

    /// <summary>A part has more headers than <see cref="MimeOptions.MaxHeaders"/>.</summary>
    TooManyHeaders,

    /// <summary>There are more parts than <see cref="MimeOptions.MaxParts"/>.</summary>
    TooManyParts,

    /// <summary>Containers are nested deeper than <see cref="MimeOptions.MaxDepth"/>.</summary>
    TooDeep,
}
