using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// The sending half of a session: one message after the other and never interleaved (some receivers join bodies without
/// looking at the Message-ID), in chunks that anything else may interrupt, with a bounded number of unanswered requests.
/// </summary>
internal sealed class MsrpSender
{
    private readonly MsrpSession _session;
    private readonly MsrpOptions _options;
    private readonly Queue<MsrpOutgoingMessage> _queue = new();
    private readonly MsrpTransactions _transactions;
    private readonly MsrpAwaitedReports _awaitedReports;
    private readonly MsrpChunk _chunk;
    private readonly MsrpBodyReader _body;
    private readonly LoopTimer _timer;
    private readonly HashSet<string> _refusedTypes = new(StringComparer.OrdinalIgnoreCase);
    private MsrpOutgoingMessage? _current;
    private int _chunkLeft;
    private TimeSpan _answeredAt;

    public MsrpSender(MsrpSession session, EventLoop loop, MsrpOptions options)
    {
        _session = session;
        _options = options;
        _transactions = new MsrpTransactions(options.MaxUnanswered);
        _awaitedReports = new MsrpAwaitedReports(options.MaxAwaitedReports);
        _chunk = new MsrpChunk(session);
        _body = new MsrpBodyReader(session.Endpoint, OnPieceArrived);
        _timer = loop.CreateTimer(static state => ((MsrpSender)state!).CheckTransactions(), this);
    }

    /// <summary>Messages that are not wholly written.</summary>
    public int Queued => _queue.Count + (_current is null ? 0 : 1);

    public int Unanswered => _transactions.Count;

    public int AwaitedReports => _awaitedReports.Count;

    /// <summary>Requests that the peer answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Whether there is something that may be written now.</summary>
    public bool CanWrite =>
        _session.MaySend && !_body.IsReading && (_chunk.IsOpen || (Queued > 0 && !_transactions.IsFull));

    public bool TryEnqueue(MsrpOutgoingMessage message)
    {
        if (_queue.Count >= _options.MaxQueuedMessages)
        {
            return false;
        }

        _queue.Enqueue(message);
        return true;
    }

    /// <summary>Writes the bodiless SEND with which the active side opens (RFC 4975 5.4).</summary>
    public void WriteFirstSend(MsrpOutput output)
    {
        _chunk.WriteFirstSend(output);
        _transactions.Add(_chunk.Transaction, null);
        CloseTransaction();
    }

    /// <summary>Writes until the output holds <paramref name="limit"/> octets or nothing may be written.</summary>
    public void Write(MsrpOutput output, int limit)
    {
        while (output.Length < limit && CanWrite)
        {
            if (!_chunk.IsOpen && !TryOpenChunk(output))
            {
                return;
            }

            WriteBody(output, limit);
        }
    }

    /// <summary>Closes the open chunk because another frame goes out; the message goes on in a new chunk.</summary>
    public void InterruptChunk() => CloseChunk(MsrpFlag.More);

    /// <summary>Takes a response.</summary>
    public void OnResponse(ReadOnlySpan<byte> transactionId, int status)
    {
        if (!MsrpIdentifiers.TryParse(transactionId, out ulong id) || !_transactions.TryAnswer(id, out MsrpOutgoingMessage? message))
        {
            // A response that was doubled, or that answers nothing of ours (some peers answer REPORTs).
            _session.Endpoint.Instruments.FrameStray();
            return;
        }

        Answered++;
        _answeredAt = _session.Endpoint.Now;
        if (status is MsrpStatusCode.SessionDoesNotExist or MsrpStatusCode.SessionInUse)
        {
            SettleRefusedSession(message, status);
            return;
        }

        if (message is null)
        {
            OnFirstSendAnswered(status);
        }
        else if (status is >= 200 and < 300)
        {
            message.Unanswered--;
            SettleIfAnswered(message);
        }
        else
        {
            Refuse(message, status);
        }

        _session.WakeWriter();
    }

    /// <summary>Takes a REPORT (RFC 4975 7.1.2).</summary>
    public void OnReport(ReadOnlySpan<byte> messageId, MsrpByteRange? range, MsrpStatus status)
    {
        if (!_awaitedReports.TryFind(messageId, out MsrpOutgoingMessage? message))
        {
            _session.Endpoint.Instruments.FrameStray();
            return;
        }

        if (status.IsSuccess)
        {
            MsrpByteRange covered = range ?? MsrpByteRange.Whole(message.Length);
            message.Reported ??= new MsrpRanges();
            message.Reported.Add(covered.Start - 1, Math.Min(covered.End ?? covered.Total ?? message.Length, message.Length));
            if (message.Reported.Count > _options.MaxGaps || !message.Reported.Covers(message.Length))
            {
                return;
            }
        }

        _awaitedReports.Remove(message);
        _session.Handler.OnReport(_session, message, status);
    }

    /// <summary>Settles everything because the session is over.</summary>
    public void End()
    {
        CloseChunk(MsrpFlag.Abort);
        _timer.Stop();
        _awaitedReports.Clear();
        foreach (MsrpOutgoingMessage message in _transactions.Unanswered().ToList())
        {
            Settle(message, message.IsWhollyWritten ? MsrpSendOutcomeKind.InDoubt : MsrpSendOutcomeKind.NotSent);
        }

        if (_current is { } current)
        {
            _current = null;
            Settle(current, MsrpSendOutcomeKind.NotSent);
        }

        while (_queue.TryDequeue(out MsrpOutgoingMessage? queued))
        {
            Settle(queued, MsrpSendOutcomeKind.NotSent);
        }
    }

    private bool TryOpenChunk(MsrpOutput output)
    {
        if (_current is null && !TryTakeNext())
        {
            return false;
        }

        MsrpOutgoingMessage message = _current!;
        if (!message.IsSettled && _body.Piece.IsEmpty && message.Written < message.Length)
        {
            if (!_body.TryRead(message))
            {
                return false;
            }

            if (_body.Piece.IsEmpty)
            {
                GiveUp(message);
            }
        }

        if (!ReferenceEquals(_current, message))
        {
            return false; // who was told ended the session
        }

        if (message.IsSettled)
        {
            WriteAbort(output, message);
            return !_transactions.IsFull && TryOpenChunk(output);
        }

        _chunkLeft = Math.Min(_body.Piece.Length, _options.MaxChunkBytes);
        OpenChunk(output, message, _body.Piece[.._chunkLeft]);
        return true;
    }

    private void OpenChunk(MsrpOutput output, MsrpOutgoingMessage message, ReadOnlyMemory<byte> piece)
    {
        _chunk.Open(output, this, message, piece);
        if (message.FailureReport == MsrpFailureReport.Yes)
        {
            _transactions.Add(_chunk.Transaction, message);
            message.Unanswered++;
        }
    }

    // Its body cannot be read. What the peer has of it is taken back by an empty chunk that aborts it (RFC 4975 7.1).
    private void GiveUp(MsrpOutgoingMessage message) => Settle(message, MsrpSendOutcomeKind.NotSent);

    private void WriteAbort(MsrpOutput output, MsrpOutgoingMessage message)
    {
        if (message.Written > 0)
        {
            OpenChunk(output, message, default);
            CloseChunk(MsrpFlag.Abort);
        }

        _current = null;
    }

    private bool TryTakeNext()
    {
        while (_queue.TryDequeue(out MsrpOutgoingMessage? message))
        {
            if (!_session.Direction.HasFlag(Protocols.Sdp.SdpDirection.SendOnly))
            {
                Settle(message, MsrpSendOutcomeKind.NotSent, MsrpStatusCode.Forbidden);
            }
            else if ((_refusedTypes.Count > 0 && _refusedTypes.Contains(message.Essence)) || !_session.MaySendType(message.ContentType))
            {
                // RFC 4975 8.6, 10.6: only what was signalled, and nothing more of a type that was refused.
                Settle(message, MsrpSendOutcomeKind.NotSent, MsrpStatusCode.UnsupportedMediaType);
            }
            else
            {
                Begin(message);
                return true;
            }
        }

        return false;
    }

    // Some receivers report chunk by chunk, so reports may come before the last chunk is written.
    private void Begin(MsrpOutgoingMessage message)
    {
        _current = message;
        _body.Clear();
        if (message.SuccessReport)
        {
            _awaitedReports.Add(message);
        }
    }

    private void OnPieceArrived(MsrpOutgoingMessage message)
    {
        if (!ReferenceEquals(_current, message))
        {
            // The peer refused the message meanwhile.
            _body.Clear();
        }
        else if (_body.Piece.IsEmpty)
        {
            GiveUp(message);
        }

        _session.WakeWriter();
    }

    private void WriteBody(MsrpOutput output, int limit)
    {
        MsrpOutgoingMessage message = _current!;

        // A short chunk is written whole: its range-end is fixed, so it must not be interrupted.
        int room = _chunkLeft <= MsrpChunk.MaxUninterruptible
            ? _chunkLeft
            : Math.Max(MsrpChunk.MaxUninterruptible, limit - output.Length);
        int count = Math.Min(_chunkLeft, room);
        _body.Piece.Span[..count].CopyTo(output.GetSpan(count));
        output.Advance(count);
        _body.Advance(count);
        _chunkLeft -= count;
        message.Written += count;
        if (_chunkLeft > 0)
        {
            return;
        }

        bool isLast = message.Written == message.Length;
        CloseChunk(isLast ? MsrpFlag.Complete : MsrpFlag.More);
        if (isLast)
        {
            _current = null;
            message.IsWhollyWritten = true;
            SettleIfWritten(message);
        }
    }

    private void CloseChunk(MsrpFlag flag)
    {
        if (_chunk.TryClose(flag))
        {
            CloseTransaction();
        }
    }

    private void CloseTransaction()
    {
        _transactions.Close(_chunk.Transaction, _session.Endpoint.Now);
        if (!_timer.IsRunning)
        {
            _timer.Start(_options.TransactionTimeout);
        }
    }

    // The answers to all chunks may have come before the end was written.
    private void SettleIfWritten(MsrpOutgoingMessage message)
    {
        if (message.FailureReport == MsrpFailureReport.Yes)
        {
            SettleIfAnswered(message);
        }
        else
        {
            Settle(message, MsrpSendOutcomeKind.Written);
        }
    }

    private void SettleIfAnswered(MsrpOutgoingMessage message)
    {
        if (message.IsWhollyWritten && message.Unanswered == 0)
        {
            Settle(message, MsrpSendOutcomeKind.Acknowledged, MsrpStatusCode.Ok);
        }
    }

    private void OnFirstSendAnswered(int status)
    {
        if (status is >= 200 and < 300)
        {
            _session.OnPeerAlive();
        }
        else
        {
            _session.Fail(MsrpSessionEnd.RefusedByPeer);
        }
    }

    private void SettleRefusedSession(MsrpOutgoingMessage? message, int status)
    {
        if (message is not null)
        {
            Settle(message, MsrpSendOutcomeKind.NotSent, status);
        }

        _session.Fail(MsrpSessionEnd.RefusedByPeer);
    }

    // The peer refuses this message (RFC 4975 10): what is left of it is not sent. 408 says only that nobody knows.
    private void Refuse(MsrpOutgoingMessage message, int status)
    {
        StopWriting(message);
        if (status == MsrpStatusCode.UnsupportedMediaType)
        {
            _refusedTypes.Add(message.Essence);
        }

        MsrpSendOutcomeKind kind = status != MsrpStatusCode.Timeout ? MsrpSendOutcomeKind.Rejected
            : message.IsWhollyWritten ? MsrpSendOutcomeKind.InDoubt
            : MsrpSendOutcomeKind.NotSent;
        Settle(message, kind, status);
    }

    private void StopWriting(MsrpOutgoingMessage message)
    {
        if (ReferenceEquals(_current, message))
        {
            CloseChunk(MsrpFlag.Abort);
            _current = null;
            _body.Clear();
        }
    }

    private void Settle(MsrpOutgoingMessage message, MsrpSendOutcomeKind kind, int status = 0)
    {
        if (message.IsSettled)
        {
            return;
        }

        MsrpSendOutcome outcome = new(kind, status);
        message.Settle(outcome);
        if (kind is MsrpSendOutcomeKind.Rejected or MsrpSendOutcomeKind.NotSent)
        {
            _awaitedReports.Remove(message);
        }

        _session.Endpoint.Instruments.MessageSent(kind);
        _session.Handler.OnSent(_session, message, outcome);
        message.Waiter?.TrySetResult(outcome);
    }

    // Behind a slow network what was written last is sent much later: while answers come in order, each has its whole time.
    private TimeSpan? WaitsSince => _transactions.OldestSentAt is { } sentAt
        ? _transactions.IsOldestOvertaken || sentAt > _answeredAt ? sentAt : _answeredAt
        : null;

    // RFC 4975 7.1.1: 30 s without an answer is a failure. One timer looks at the oldest request.
    private void CheckTransactions()
    {
        TimeSpan now = _session.Endpoint.Now;
        while (WaitsSince is { } since && now - since >= _options.TransactionTimeout)
        {
            if (!_transactions.IsOldestOvertaken)
            {
                // Nothing that was sent later was answered either: the peer is gone, not just an answer.
                _session.Fail(MsrpSessionEnd.PeerSilent);
                return;
            }

            if (_transactions.GiveUpOldest() is { } message)
            {
                StopWriting(message);
                Settle(message, message.IsWhollyWritten ? MsrpSendOutcomeKind.InDoubt : MsrpSendOutcomeKind.NotSent);
            }
        }

        if (_transactions.Count > 0 && _session.Ended is null)
        {
            TimeSpan age = now - (WaitsSince ?? now);
            _timer.Start(_options.TransactionTimeout - age);
        }

        _session.WakeWriter();
    }
}
