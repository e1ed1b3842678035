namespace PosteRestante.Protocols.Msrp;

/// <summary>What <see cref="MsrpFrameReader.Read"/> found. A frame is one Head, any number of Body, one End.</summary>
public enum MsrpFrameEvent
{
    /// <summary>All input is used up; the frame goes on.</summary>
    NeedMoreData = 0,

    /// <summary><see cref="MsrpFrameReader.Head"/> is filled in.</summary>
    Head,

    /// <summary>A piece of the body.</summary>
    Body,

    /// <summary>The end-line; <see cref="MsrpFrameReader.Flag"/> is its flag.</summary>
    End,

    /// <summary>The octets are no MSRP; <see cref="MsrpFrameReader.Error"/> says why. The reader stays in this state.</summary>
    Malformed,
}
