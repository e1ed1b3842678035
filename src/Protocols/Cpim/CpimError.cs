namespace PosteRestante.Protocols.Cpim;

/// <summary>Why a body is no <c>message/cpim</c>, or one over the limits.</summary>
public enum CpimError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The headers do not end in a blank line.</summary>
    Unterminated,

    /// <summary>A header has no colon, a bad name, or is not UTF-8.</summary>
    BadHeader,

    /// <summary>An <c>NS</c> header is not <c>[prefix] &lt;uri&gt;</c>.</summary>
    BadNamespace,

    /// <summary>A header that may stand once stands twice.</summary>
    DuplicateHeader,

    /// <summary>The headers are longer than <see cref="CpimOptions.MaxHeaderBytes"/>.</summary>
    HeadersTooLong,

    /// <summary>There are more headers than <see cref="CpimOptions.MaxHeaders"/>.</summary>
    TooManyHeaders,
}
