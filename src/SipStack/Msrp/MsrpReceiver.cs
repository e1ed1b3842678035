using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// The receiving half of a session (RFC 4975 7.3): chunks of any size, in any order and overlapping; the octets that
/// come are counted, not those that were announced; the last chunk fixes the length.
/// </summary>
internal sealed class MsrpReceiver(MsrpSession session, MsrpOptions options)
{
    private const int MaxIdChars = 256;
    private static ReadOnlySpan<byte> ContentPrefix => "Content-"u8;

    private readonly Dictionary<string, MsrpIncoming> _unfinished = new(StringComparer.Ordinal);
    private readonly MsrpRecentIds _finished = new(options.MaxRememberedMessages);

    // The chunk that is being read.
    private MsrpIncoming? _current;
    private bool _isRepeat;
    private bool _isAnswered;
    private int _status;
    private long _position;
    private string _contentType = "";

    // Messages that are whole and whose sink is not done; they stay among the unfinished ones.
    private int _unsafe;

    /// <summary>A SEND begins.</summary>
    public void Begin(MsrpFrameHead head)
    {
        _current = null;
        _isRepeat = _isAnswered = false;
        _status = MsrpStatusCode.Ok;
        _position = (head.ByteRange?.Start ?? 1) - 1;
        if (!head.HasBody)
        {
            return;
        }

        Span<char> id = stackalloc char[MaxIdChars];
        if (!Encoding.Latin1.TryGetChars(head.MessageId, id, out int length))
        {
            _status = MsrpStatusCode.BadRequest;
            return;
        }

        id = id[..length];
        if (_finished.Contains(id))
        {
            _isRepeat = true;
        }
        else if (_unfinished.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out MsrpIncoming? known))
        {
            _current = known;
            _isRepeat = known.IsCompleting;
            _status = known.Status;
        }
        else
        {
            Open(head, id.ToString());
        }
    }

    /// <summary>Octets of the SEND.</summary>
    public void Write(MsrpFrameHead head, ReadOnlySpan<byte> octets)
    {
        if (_current is null || _isRepeat || _status != MsrpStatusCode.Ok)
        {
            _position += octets.Length;
            return;
        }

        if (_position + octets.Length > options.MaxMessageBytes)
        {
            Refuse(head, MsrpStatusCode.StopMessage);
            return;
        }

        _current.Write(_position, octets);
        _position += octets.Length;
        if (_current.SinkStatus is not MsrpStatusCode.Ok and var unwanted)
        {
            Refuse(head, unwanted);
        }
        else if (_current.Pieces > options.MaxGaps)
        {
            Refuse(head, MsrpStatusCode.StopMessage);
        }
    }

    /// <summary>The SEND ends.</summary>
    public void End(MsrpFrameHead head, MsrpFlag flag)
    {
        if (head.Error != MsrpParseError.None)
        {
            _status = head.Error.StatusCode();
            if (_current is { IsCompleting: false })
            {
                _current.Refuse(_status);
            }
        }

        if (_current is { } message)
        {
            EndChunk(head, flag, message);
        }
        else
        {
            if (flag == MsrpFlag.Abort && !head.HasBody)
            {
                GiveUp(Encoding.Latin1.GetString(head.MessageId));
            }

            Answer(head, _status);
            ReportRepeat(head, flag);
        }
    }

    /// <summary>Gives up messages of which nothing came for long.</summary>
    public void Sweep(TimeSpan now)
    {
        if (_unfinished.Count == 0)
        {
            return;
        }

        foreach (string id in _unfinished.Values.Where(m => now - m.TouchedAt >= options.StallTimeout).Select(m => m.MessageId).ToArray())
        {
            GiveUp(id);
        }
    }

    /// <summary>The session is over: nothing more comes.</summary>
    public void Abort()
    {
        _current = null;
        if (_unsafe >= options.MaxUnsafeMessages)
        {
            session.Connection!.ResumeReading();
        }

        MsrpIncoming[] unfinished = [.. _unfinished.Values];
        _unfinished.Clear();
        foreach (MsrpIncoming message in unfinished.Where(message => !message.IsCompleting))
        {
            message.Abort();
        }
    }

    private void GiveUp(string id)
    {
        if (!_unfinished.TryGetValue(id, out MsrpIncoming? message) || message.IsCompleting)
        {
            return;
        }

        _unfinished.Remove(id);
        if (ReferenceEquals(_current, message))
        {
            // The chunk that is being read belongs to nothing any more.
            _current = null;
            _status = MsrpStatusCode.StopMessage;
        }

        message.Abort();
    }

    private void Open(MsrpFrameHead head, string id)
    {
        if (!session.Direction.HasFlag(SdpDirection.RecvOnly))
        {
            _status = MsrpStatusCode.Forbidden;
            return;
        }

        if (_unfinished.Count - _unsafe >= options.MaxUnfinishedMessages)
        {
            _status = MsrpStatusCode.StopMessage;
            return;
        }

        if (head.ContentType.IsEmpty)
        {
            // No octets can follow, or the frame is malformed, which is answered at its end.
            return;
        }

        MsrpReception reception = head.ByteRange?.Total > options.MaxMessageBytes
            ? MsrpReception.Refuse(MsrpStatusCode.StopMessage)
            : session.Handler.OnMessage(session, Describe(head, id));
        _current = new MsrpIncoming(id, reception.Sink, reception.Status) { TouchedAt = session.Endpoint.Now };
        _unfinished.Add(id, _current);
        _status = reception.Status;
        if (_status == MsrpStatusCode.StopMessage)
        {
            Refuse(head, _status);
        }
    }

    private MsrpIncomingMessage Describe(MsrpFrameHead head, string id)
    {
        // One type serves for many messages: keep its text.
        if (!Ascii.Equals(head.ContentType, _contentType))
        {
            _contentType = Encoding.Latin1.GetString(head.ContentType);
        }

        return new MsrpIncomingMessage(id, _contentType, head.ByteRange?.Total, head.SuccessReport)
        {
            MimeFields = MimeFieldsOf(head),
        };
    }

    private static string MimeFieldsOf(MsrpFrameHead head)
    {
        var fields = string.Empty;
        for (int i = 0; i < head.HeaderCount; i++)
        {
            ReadOnlySpan<byte> name = head.HeaderName(i);
            if (name.Length > ContentPrefix.Length
                && Ascii.EqualsIgnoreCase(name[..ContentPrefix.Length], ContentPrefix)
                && !Ascii.EqualsIgnoreCase(name, "Content-Type"u8))
            {
                fields += $"{Encoding.Latin1.GetString(name)}: {Encoding.Latin1.GetString(head.HeaderValue(i))}\r\n";
            }
        }

        return fields;
    }

    // 413 is answered at once, in the middle of the chunk, so that the sender can stop (RFC 4975 10.5).
    private void Refuse(MsrpFrameHead head, int status)
    {
        _status = status;
        _current!.Refuse(status);
        Answer(head, status);
        _isAnswered = true;
    }

    private void EndChunk(MsrpFrameHead head, MsrpFlag flag, MsrpIncoming message)
    {
        message.TouchedAt = session.Endpoint.Now;
        if (message.IsCompleting)
        {
            // A repeat of what is being made safe: its answer waits too.
            message.Owed!.Add(new MsrpOwedAnswer(head));
            return;
        }

        if (flag == MsrpFlag.Abort || (_status != MsrpStatusCode.Ok && flag == MsrpFlag.Complete))
        {
            _unfinished.Remove(message.MessageId);
            message.Abort();
        }
        else if (flag == MsrpFlag.Complete)
        {
            message.Total = _position;
        }

        if (_status == MsrpStatusCode.Ok && flag != MsrpFlag.Abort && message.IsWhole)
        {
            Complete(head, message);
        }
        else if (!_isAnswered)
        {
            Answer(head, _status);
        }
    }

    private void Complete(MsrpFrameHead head, MsrpIncoming message)
    {
        ValueTask<int> completing = message.Sink!.CompleteAsync(message.Total!.Value);
        if (completing.IsCompletedSuccessfully)
        {
            int status = completing.Result;
            Finish(message, status);
            Answer(head, status);
            if (status == MsrpStatusCode.Ok && head.SuccessReport)
            {
                session.WriteReport(head.FromPath, head.MessageId, message.Total.Value);
            }
        }
        else
        {
            message.Owed = [new MsrpOwedAnswer(head)];
            if (++_unsafe == options.MaxUnsafeMessages)
            {
                session.Connection!.PauseReading();
            }

            _ = CompleteAsync(message, completing);
        }
    }

    private async Task CompleteAsync(MsrpIncoming message, ValueTask<int> completing)
    {
        int status;
        try
        {
            status = await completing;
        }
#pragma warning disable CA1031 // Whatever the sink throws, the message is not safe, so it is never acknowledged.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await session.Endpoint.Loop.Enter();
            session.Endpoint.LogSinkFault(fault);
            session.Fail(MsrpSessionEnd.Closed);
            return;
        }

        await session.Endpoint.Loop.Enter();
        if (session.Ended is not null)
        {
            return;
        }

        Finish(message, status);
        if (_unsafe-- == options.MaxUnsafeMessages)
        {
            session.Connection!.ResumeReading();
        }

        byte[] messageId = Encoding.Latin1.GetBytes(message.MessageId);
        foreach (MsrpOwedAnswer owed in message.Owed!)
        {
            session.WriteAnswer(owed.TransactionId, owed.FromPath, owed.FailureReport, status);
            if (status == MsrpStatusCode.Ok && owed.SuccessReport)
            {
                session.WriteReport(owed.FromPath, messageId, message.Total!.Value);
            }
        }
    }

    private void Finish(MsrpIncoming message, int status)
    {
        _unfinished.Remove(message.MessageId);
        if (status == MsrpStatusCode.Ok)
        {
            _finished.Add(message.MessageId);
            session.Endpoint.Instruments.MessageReceived();
        }
    }

    private void Answer(MsrpFrameHead head, int status) =>
        session.WriteAnswer(head.TransactionId, head.FromPath, head.FailureReport, status);

    // The sender of a repeat has not seen the first report either.
    private void ReportRepeat(MsrpFrameHead head, MsrpFlag flag)
    {
        if (_isRepeat && head.SuccessReport && flag == MsrpFlag.Complete)
        {
            session.WriteReport(head.FromPath, head.MessageId, _position);
        }
    }
}
