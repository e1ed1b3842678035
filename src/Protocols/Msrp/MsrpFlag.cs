namespace PosteRestante.Protocols.Msrp;

/// <summary>The continuation flag of an end-line (RFC 4975 7.1).</summary>
public enum MsrpFlag : byte
{
    /// <summary><c>$</c>: the last chunk of the message (and the flag of everything that is not a chunk).</summary>
    Complete = (byte)'$',

    /// <summary><c>+</c>: more chunks follow.</summary>
    More = (byte)'+',

    /// <summary><c>#</c>: the message is given up.</summary>
    Abort = (byte)'#',
}
