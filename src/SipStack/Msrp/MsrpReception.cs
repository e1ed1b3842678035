namespace PosteRestante.SipStack.Msrp;

/// <summary>What is done with a message that begins to arrive.</summary>
public readonly record struct MsrpReception
{
    private MsrpReception(IMsrpMessageSink? sink, int status)
    {
        Sink = sink;
        Status = status;
    }

    /// <summary>Where it goes; null when it is refused.</summary>
    public IMsrpMessageSink? Sink { get; }

    /// <summary>The status code of the refusal.</summary>
    public int Status { get; }

    /// <summary>Takes the message.</summary>
    public static MsrpReception Accept(IMsrpMessageSink sink) => new(sink, Protocols.Msrp.MsrpStatusCode.Ok);

    /// <summary>Refuses the message, and every chunk of it, with a status code such as 413 or 415.</summary>
    public static MsrpReception Refuse(int status) => new(null, status);
}
