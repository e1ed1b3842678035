using PosteRestante.Protocols.Mime;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.Client.Retrieval.Large;

/// <summary>
/// Takes a large message as it comes: reads its head, and writes its body to a file. The head has to come first and in order;
/// after it chunks may come in any. On the loop.
/// </summary>
/// <param name="incoming">What was announced.</param>
/// <param name="type">Its Content-Type.</param>
/// <param name="folder">Where the body goes.</param>
/// <param name="options">Limits of the parts.</param>
/// <param name="taken">Told, in the order of the messages, how to make it safe; ends with the status code to answer.</param>
internal sealed class BodyFileSink(
    MsrpIncomingMessage incoming,
    MediaType type,
    BodyFolder folder,
    MimeOptions options,
    Func<Func<Task<RetrievedMessage?>>, ValueTask<int>> taken) : IMsrpMessageSink
{
    private const int FirstOctets = 4096;

    private byte[] _head = new byte[FirstOctets];
    private int _headLength;
    private LargeMessageHead? _read;
    private RetrievedMessage? _message;
    private BodyFile? _file;
    private byte[] _tail = [];
    private long _received;
    private int _failure;

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> octets)
    {
        if (_failure != 0)
        {
            return;
        }

        _received += octets.Length;
        try
        {
            if (_read is null)
            {
                WriteHead(offset, octets);
            }
            else
            {
                WriteRest(offset, octets);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(MsrpStatusCode.StopMessage);
        }

        Report(_failure == 0 ? BodyState.Coming : BodyState.Discarded);
    }

    /// <inheritdoc/>
    public async ValueTask<int> CompleteAsync(long length)
    {
        if (_failure == 0 && (_read is not { } head || length != head.Length || !_tail.AsSpan().SequenceEqual(head.Tail)))
        {
            Fail(MsrpStatusCode.UnsupportedMediaType);
        }

        if (_failure != 0)
        {
            return _failure;
        }

        var status = await taken(KeepAsync);
        return _failure != 0 ? _failure : status;
    }

    /// <inheritdoc/>
    public void Abort()
    {
        Fail(MsrpStatusCode.StopMessage);
        Report(BodyState.Discarded);
    }

    // Null when it cannot be kept.
    private async Task<RetrievedMessage?> KeepAsync()
    {
        try
        {
            var path = await _file!.KeepAsync();
            Report(BodyState.Complete);
            return _message! with { File = path };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            Fail(MsrpStatusCode.StopMessage);
            Report(BodyState.Discarded);
            return null;
        }
    }

    private void WriteHead(long offset, ReadOnlySpan<byte> octets)
    {
        if (offset > _headLength || _headLength + octets.Length > LargeMessageHead.MaxOctets * 2)
        {
            Fail(MsrpStatusCode.StopMessage);
            return;
        }

        var end = (int)offset + octets.Length;
        if (end > _head.Length)
        {
            Array.Resize(ref _head, Math.Max(end, _head.Length * 2));
        }

        octets.CopyTo(_head.AsSpan((int)offset));
        _headLength = Math.Max(_headLength, end);
        switch (LargeMessageHead.Read(_head.AsSpan(0, _headLength), type, options, out _read))
        {
            case HeadState.Whole when TryBegin(_read!):
                WriteRest(0, _head.AsSpan(0, _headLength));
                _head = [];
                break;
            case HeadState.NeedsMore:
                break;
            default:
                Fail(MsrpStatusCode.UnsupportedMediaType);
                break;
        }
    }

    private bool TryBegin(LargeMessageHead head)
    {
        if (!RetrievedMessageReader.TryRead(incoming.MessageId, head.Envelope, head.Original, out _message)
            || head.BodyLength > folder.MaxOctets)
        {
            return false;
        }

        _message = _message with { Body = default, BodyLength = head.BodyLength };
        _tail = new byte[head.Tail.Length];
        _file = BodyFile.Create(folder.Path, BodyFileName.Of(_message.MessageId, _message.ContentType), incoming.MessageId);
        return true;
    }

    private void WriteRest(long offset, ReadOnlySpan<byte> octets)
    {
        var head = _read!;
        var before = (int)Math.Clamp(head.Start - offset, 0, octets.Length); // a repeat of the head says nothing new
        offset += before;
        octets = octets[before..];
        var bodyEnd = head.Start + head.BodyLength;
        var inBody = (int)Math.Clamp(bodyEnd - offset, 0, octets.Length);
        if (inBody > 0)
        {
            _file!.Write(octets[..inBody], offset - head.Start);
        }

        var inTail = octets[inBody..];
        var at = offset + inBody - bodyEnd;
        if (at + inTail.Length > _tail.Length)
        {
            Fail(MsrpStatusCode.UnsupportedMediaType);
        }
        else if (!inTail.IsEmpty)
        {
            inTail.CopyTo(_tail.AsSpan((int)at));
        }
    }

    private void Fail(int status)
    {
        _failure = status;
        _head = [];
        _file?.Dispose();
    }

    private void Report(BodyState state) => folder.Progress?.Invoke(
        new BodyProgress(incoming.MessageId, _message?.From ?? string.Empty, _received, incoming.AnnouncedLength ?? _received, state));
}
