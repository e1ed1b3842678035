namespace PosteRestante.Protocols.Msrp;

/// <summary>
/// The methods this project acts on. A frame keeps the text of any other method
/// (<see cref="MsrpFrameHead.MethodText"/>), so that unknown ones can be answered 501 and traced.
/// </summary>
public enum MsrpMethod
{
    /// <summary>The frame is a response.</summary>
    None = 0,

    /// <summary>SEND (RFC 4975 7.1): a chunk of a message, or a bodiless one.</summary>
    Send,

    /// <summary>REPORT (RFC 4975 7.1.2): what became of a message.</summary>
    Report,

    /// <summary>AUTH (RFC 4976): between a client and its relay.</summary>
    Auth,

    /// <summary>NICKNAME (RFC 7701).</summary>
    Nickname,

    /// <summary>Any other method.</summary>
    Unknown,
}
