namespace PosteRestante.Bench.Deposit.Load;

/// <summary>Takes responses as they arrive.</summary>
internal interface ILoadReceiver
{
    /// <summary>One response, at least its head; the octets are good only during the call.</summary>
    void Receive(ReadOnlySpan<byte> response);
}
