namespace PosteRestante.Protocols.Sdp;

/// <summary>The values of <c>a=setup</c> (RFC 4145 4, RFC 6135 4.2): who opens the connection.</summary>
[Flags]
public enum SdpSetup
{
    /// <summary>Not said (or <c>holdconn</c>, which MSRP ignores).</summary>
    None = 0,

    /// <summary>This side connects.</summary>
    Active = 1,

    /// <summary>This side listens.</summary>
    Passive = 2,

    /// <summary>This side can do either.</summary>
    ActPass = Active | Passive,
}
