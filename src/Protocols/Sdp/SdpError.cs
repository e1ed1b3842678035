namespace PosteRestante.Protocols.Sdp;

/// <summary>Why a body is no session description, or one over the limits.</summary>
public enum SdpError
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>It is longer than <see cref="SdpOptions.MaxBytes"/>.</summary>
    TooLong,

    /// <summary>It has more lines than <see cref="SdpOptions.MaxLines"/>.</summary>
    TooManyLines,

    /// <summary>It has more media than <see cref="SdpOptions.MaxMedia"/>.</summary>
    TooManyMedia,

    /// <summary>It is not UTF-8.</summary>
    NotUtf8,

    /// <summary>A line is not <c>letter=value</c>.</summary>
    BadLine,

    /// <summary>It does not begin with <c>v=</c>.</summary>
    MissingVersion,

    /// <summary>The version is not 0.</summary>
    BadVersion,

    /// <summary>There is no <c>o=</c>.</summary>
    MissingOrigin,

    /// <summary>The <c>o=</c> has not its six fields.</summary>
    BadOrigin,

    /// <summary>There is no <c>s=</c>.</summary>
    MissingName,

    /// <summary>There is no <c>t=</c>.</summary>
    MissingTime,

    /// <summary>A line that may stand once stands twice.</summary>
    DuplicateLine,

    /// <summary>A <c>c=</c> has not its three fields.</summary>
    BadConnection,

    /// <summary>An <c>m=</c> is not <c>media port protocol formats</c>.</summary>
    BadMedia,

    /// <summary>The port of an <c>m=</c> is not 0…65535.</summary>
    BadPort,

    /// <summary>An <c>a=</c> has no name.</summary>
    BadAttribute,

    /// <summary>A line stands where its letter is not defined.</summary>
    MisplacedLine,
}
