using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Client.Retrieval.Large;

/// <summary>Takes a repeat of what is there already: it is acknowledged and dropped as it comes.</summary>
/// <param name="came">Called when all of it came.</param>
internal sealed class DiscardingSink(Action came) : IMsrpMessageSink
{
    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        // Nothing of it is new.
    }

    /// <inheritdoc/>
    public ValueTask<int> CompleteAsync(long length)
    {
        came();
        return new(MsrpStatusCode.Ok);
    }

    /// <inheritdoc/>
    public void Abort()
    {
        // It is there already.
    }
}
