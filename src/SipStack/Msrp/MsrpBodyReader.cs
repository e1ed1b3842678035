namespace PosteRestante.SipStack.Msrp;

/// <summary>Reads the body of the message that is being sent, piece by piece.</summary>
/// <param name="endpoint">Whose loop and log are used.</param>
/// <param name="arrived">Called on the loop when a piece that had to be waited for is there, or could not be read.</param>
internal sealed class MsrpBodyReader(MsrpEndpoint endpoint, Action<MsrpOutgoingMessage> arrived)
{
    /// <summary>What is left of the piece; empty when the next has to be read, or could not be.</summary>
    public ReadOnlyMemory<byte> Piece { get; private set; }

    /// <summary>Whether a piece is waited for.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Reads the next piece; false when it has to be waited for.</summary>
    public bool TryRead(MsrpOutgoingMessage message)
    {
        ValueTask<ReadOnlyMemory<byte>> reading = message.ReadAsync();
        if (!reading.IsCompletedSuccessfully)
        {
            IsReading = true;
            _ = ReadAsync(message, reading);
            return false;
        }

        Piece = Cut(message, reading.Result);
        return true;
    }

    /// <summary>Octets of the piece are written.</summary>
    public void Advance(int count) => Piece = Piece[count..];

    public void Clear() => Piece = default;

    private async Task ReadAsync(MsrpOutgoingMessage message, ValueTask<ReadOnlyMemory<byte>> reading)
    {
        ReadOnlyMemory<byte> piece = default;
        try
        {
            piece = await reading;
        }
#pragma warning disable CA1031 // Whatever the source throws, it is this message that cannot be sent; the session goes on.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            endpoint.LogBodyFault(fault);
        }

        await endpoint.Loop.Enter();
        IsReading = false;
        Piece = Cut(message, piece);
        arrived(message);
    }

    private static ReadOnlyMemory<byte> Cut(MsrpOutgoingMessage message, ReadOnlyMemory<byte> piece) =>
        piece[..(int)Math.Min(piece.Length, message.Length - message.Written)];
}
