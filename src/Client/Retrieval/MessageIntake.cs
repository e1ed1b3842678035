using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Client.Retrieval;

/// <summary>
/// Takes messages that come over MSRP: reads each, hands it on once, and acknowledges. At least once on the wire is exactly once
/// visible: a repeat of one delivery is acknowledged and dropped. On the loop.
/// </summary>
internal sealed class MessageIntake(ImClientOptions options, IReceivedDeliveries known, Func<RetrievedMessage, ValueTask> received)
{
    private readonly Dictionary<string, Task<int>> _underWay = new(StringComparer.Ordinal);

    /// <summary>Messages that were acknowledged, repeats apart.</summary>
    public int Received { get; private set; }

    /// <summary>Repeats, acknowledged and dropped.</summary>
    public int Repeats { get; private set; }

    /// <summary>Begins to take a message.</summary>
    public MsrpReception Take(MsrpIncomingMessage message) => MsrpReception.Accept(new MsrpBufferSink(
        message.AnnouncedLength, options.MaxMessageOctets, body => TakeAsync(message, body)));

    private async ValueTask<int> TakeAsync(MsrpIncomingMessage incoming, ReadOnlyMemory<byte> body)
    {
        var id = incoming.MessageId;
        while (_underWay.TryGetValue(id, out var first))
        {
            _ = await first; // its repeat is judged by what becomes of it
        }

        if (known.Contains(id))
        {
            Repeats++;
            return MsrpStatusCode.Ok;
        }

        if (!RetrievedMessageReader.TryRead(id, incoming.ContentType, body, options.Mime, out var message))
        {
            return MsrpStatusCode.UnsupportedMediaType;
        }

        var taking = ShowAsync(message);
        if (!taking.IsCompleted)
        {
            _underWay[id] = taking;
        }

        return await taking;
    }

    // Known only when it was shown: what the callback could not take comes again.
    private async Task<int> ShowAsync(RetrievedMessage message)
    {
        try
        {
            await received(message);
            known.Add(message.DeliveryId);
            Received++;
            return MsrpStatusCode.Ok;
        }
        finally
        {
            _underWay.Remove(message.DeliveryId);
        }
    }
}
