namespace PosteRestante.SipStack.Msrp;

/// <summary>Gathers a message in memory and hands it over whole.</summary>
/// <param name="announcedLength">The announced length: then the buffer is of the right size at once.</param>
/// <param name="maxLength">Octets taken at most; announced or not, more are never held.</param>
/// <param name="received">Takes the message; ends when it is safe, with the status code to answer (200).</param>
public sealed class MsrpBufferSink(
    long? announcedLength, int maxLength, Func<ReadOnlyMemory<byte>, ValueTask<int>> received) : IMsrpMessageSink
{
    private const int FirstLength = 1024;

    // An announcement is a claim: it is believed up to what a peer could send in a moment anyway.
    private const int BelievedLength = 64 * 1024;

    private byte[] _buffer = new byte[Math.Min(Math.Min(announcedLength ?? FirstLength, BelievedLength), maxLength)];
    private bool _isTooLong;

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        long end = offset + octets.Length;
        if (end > maxLength)
        {
            _isTooLong = true;
            return;
        }

        if (end > _buffer.Length)
        {
            Array.Resize(ref _buffer, (int)Math.Min(maxLength, Math.Max(end, _buffer.Length * 2L)));
        }

        octets.CopyTo(_buffer.AsSpan((int)offset));
    }

    /// <inheritdoc/>
    public ValueTask<int> CompleteAsync(long length) => _isTooLong || length > maxLength
        ? new(Protocols.Msrp.MsrpStatusCode.StopMessage)
        : received(_buffer.AsMemory(0, (int)length));

    /// <inheritdoc/>
    public void Abort() => _buffer = [];
}
