using PosteRestante.Protocols.Msrp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>Takes the octets of one message as they come. Called on the loop.</summary>
public interface IMsrpMessageSink
{
    /// <summary>
    /// 200 while the message is wanted; else the status code that its sender is answered with at once, 413 to make it stop. Then
    /// <see cref="Abort"/> follows.
    /// </summary>
    int Status => MsrpStatusCode.Ok;

    /// <summary>
    /// Octets came. Mostly in order; where they overlap what came before, the later ones count (RFC 4975 7.3.1).
    /// </summary>
    /// <param name="offset">Where in the message, from 0.</param>
    /// <param name="octets">Valid during the call only.</param>
    void Write(long offset, ReadOnlySpan<byte> octets);

    /// <summary>
    /// All octets are there. The last chunk is answered, and reported, when the task ends: so it ends when the message
    /// is safe.
    /// </summary>
    /// <param name="length">Octets of the message; what was written beyond does not belong to it.</param>
    /// <returns>200, or the status code to answer instead.</returns>
    ValueTask<int> CompleteAsync(long length);

    /// <summary>The message does not come to its end: aborted by the peer, over a limit, too slow, or the session is over.</summary>
    void Abort();
}
