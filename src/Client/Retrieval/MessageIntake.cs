using PosteRestante.Client.Retrieval.Large;
using PosteRestante.Client.Sessions;
using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Client.Retrieval;

/// <summary>
/// Takes messages that come over MSRP: reads each, hands it on once, and acknowledges. At least once on the wire is exactly once
/// visible: a repeat of one delivery is acknowledged and dropped. On the loop.
/// </summary>
/// <param name="options">What is taken, and where it goes.</param>
/// <param name="known">What was received before.</param>
/// <param name="received">Takes each message.</param>
/// <param name="progressed">Called as the octets of large messages come.</param>
internal sealed class MessageIntake(
    ImClientOptions options, IReceivedDeliveries known, Func<RetrievedMessage, ValueTask> received, Action? progressed = null)
{
    private readonly Dictionary<string, Task<int>> _underWay = new(StringComparer.Ordinal);
    private readonly BodyFolder? _bodies = options.Bodies is { } bodies && progressed is not null
        ? bodies with { Progress = progress => Report(bodies, progress, progressed) }
        : options.Bodies;

    private Task _keeping = Task.CompletedTask;

    /// <summary>Messages that were acknowledged, repeats apart.</summary>
    public int Received { get; private set; }

    /// <summary>Repeats, acknowledged and dropped.</summary>
    public int Repeats { get; private set; }

    /// <summary>Begins to take a message.</summary>
    public MsrpReception Take(MsrpIncomingMessage message) =>
        _bodies is { } bodies && message.AnnouncedLength > options.MaxMessageOctets
            ? TakeLarge(message, bodies)
            : MsrpReception.Accept(new MsrpBufferSink(
                message.AnnouncedLength, options.MaxMessageOctets, body => TakeAsync(message, body)));

    private MsrpReception TakeLarge(MsrpIncomingMessage message, BodyFolder bodies)
    {
        if (message.AnnouncedLength > bodies.MaxOctets)
        {
            return MsrpReception.Refuse(MsrpStatusCode.StopMessage);
        }

        if (known.Contains(message.MessageId))
        {
            return MsrpReception.Accept(new DiscardingSink(() => Repeats++));
        }

        return MediaType.TryParse(message.ContentType, out var type)
            ? MsrpReception.Accept(new BodyFileSink(
                message, type, bodies, options.Mime, keep => KeepAsync(message.MessageId, keep)))
            : MsrpReception.Refuse(MsrpStatusCode.UnsupportedMediaType);
    }

    private static void Report(BodyFolder bodies, BodyProgress progress, Action progressed)
    {
        progressed();
        bodies.Progress?.Invoke(progress);
    }

    // A body is synced off the loop: what comes after it waits, so that messages are handed on in their order.
    private async ValueTask<int> KeepAsync(string id, Func<Task<RetrievedMessage?>> keep)
    {
        var before = _keeping;
        var kept = new TaskCompletionSource();
        _keeping = kept.Task;
        try
        {
            var message = await keep();
            await before;
            return await JudgeAsync(id, () => message);
        }
        finally
        {
            kept.SetResult();
        }
    }

    private async ValueTask<int> TakeAsync(MsrpIncomingMessage incoming, ReadOnlyMemory<byte> body)
    {
        if (!_keeping.IsCompleted)
        {
            await _keeping;
        }

        return await JudgeAsync(
            incoming.MessageId,
            () => RetrievedMessageReader.TryRead(incoming.MessageId, incoming.ContentType, body, options.Mime, out var message)
                ? message
                : null);
    }

    private async ValueTask<int> JudgeAsync(string id, Func<RetrievedMessage?> read)
    {
        while (_underWay.TryGetValue(id, out var first))
        {
            _ = await first; // its repeat is judged by what becomes of it
        }

        if (known.Contains(id))
        {
            Repeats++;
            return MsrpStatusCode.Ok;
        }

        if (read() is not { } message)
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
