namespace PosteRestante.Protocols.Msrp;

/// <summary>The status codes of RFC 4975 section 10 with the comment that is sent beside each.</summary>
public static class MsrpStatusCode
{
    /// <summary>200: the chunk was received.</summary>
    public const int Ok = 200;

    /// <summary>400: the request was not understood.</summary>
    public const int BadRequest = 400;

    /// <summary>403: the request is not allowed.</summary>
    public const int Forbidden = 403;

    /// <summary>408: a downstream transaction did not end in time.</summary>
    public const int Timeout = 408;

    /// <summary>413: stop sending this message.</summary>
    public const int StopMessage = 413;

    /// <summary>415: this media type is not understood here.</summary>
    public const int UnsupportedMediaType = 415;

    /// <summary>423: a parameter was out of bounds.</summary>
    public const int OutOfBounds = 423;

    /// <summary>481: there is no such session.</summary>
    public const int SessionDoesNotExist = 481;

    /// <summary>501: the method is not known here.</summary>
    public const int UnknownMethod = 501;

    /// <summary>506: the session is bound to another connection.</summary>
    public const int SessionInUse = 506;

    /// <summary>The comment for a code; empty for codes that RFC 4975 does not list.</summary>
    public static ReadOnlySpan<byte> Comment(int code) => code switch
    {
        Ok => "OK"u8,
        BadRequest => "Bad Request"u8,
        Forbidden => "Forbidden"u8,
        Timeout => "Timeout"u8,
        StopMessage => "Stop Sending Message"u8,
        UnsupportedMediaType => "Unsupported Media Type"u8,
        OutOfBounds => "Parameter Out Of Bounds"u8,
        SessionDoesNotExist => "Session Does Not Exist"u8,
        UnknownMethod => "Unknown Method"u8,
        SessionInUse => "Session In Use"u8,
        _ => [],
    };
}
