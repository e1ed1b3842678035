namespace PosteRestante.Protocols.Sdp;

/// <summary>Why an offer or answer cannot make an MSRP session.</summary>
public enum MsrpRejection
{
    /// <summary>It can.</summary>
    None = 0,

    /// <summary>There is no <c>m=message</c> over MSRP.</summary>
    NoMsrpMedia,

    /// <summary>The MSRP media has port 0.</summary>
    MediaOff,

    /// <summary>The media is over TLS and this side has none, or the other way round.</summary>
    TransportNotSupported,

    /// <summary>There is no <c>a=path</c>.</summary>
    MissingPath,

    /// <summary>The <c>a=path</c> is no list of MSRP URIs, or its first lacks a port, or its last a session-id.</summary>
    BadPath,

    /// <summary>There is no <c>a=accept-types</c>.</summary>
    MissingAcceptTypes,

    /// <summary>An accept list has an element that is no media type.</summary>
    BadAcceptTypes,

    /// <summary>The <c>a=max-size</c> is no number.</summary>
    BadMaxSize,

    /// <summary>The <c>a=setup</c> has a value that RFC 4145 does not define.</summary>
    BadSetup,

    /// <summary>A type that has to be sent is not accepted by the peer.</summary>
    NoCommonType,

    /// <summary>The direction is not the one that is needed.</summary>
    WrongDirection,

    /// <summary>Both sides would connect, or both would listen.</summary>
    SetupConflict,

    /// <summary>The answer has not as many media as the offer, or not of the same kind (RFC 3264 6).</summary>
    MediaDiffer,
}
