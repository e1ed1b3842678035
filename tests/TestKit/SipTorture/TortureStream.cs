namespace PosteRestante.TestKit.SipTorture;

/// <summary>What the framer makes of a torture message that came over a stream.</summary>
public enum TortureStream
{
    /// <summary>It is cut as one message.</summary>
    One,

    /// <summary>It is not whole; the connection waits for more.</summary>
    Waits,

    /// <summary>Where it ends cannot be told; the connection is closed.</summary>
    Malformed,
}
