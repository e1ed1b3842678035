using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// One connection and the sessions that are bound to it: one reader and one writer, both on the loop. While the peer
/// does not read, nothing more is written for it, and in the end nothing more is read from it.
/// </summary>
internal sealed class MsrpConnection
{
    private readonly MsrpEndpoint _endpoint;
    private readonly ConnectionContext _context;
    private readonly MsrpInbound _inbound;
    private readonly MsrpOutput _output = new();
    private readonly List<MsrpSession> _sessions = [];
    private readonly LoopSignal _canWrite;
    private readonly LoopSignal _canRead;
    private readonly LoopTimer _watch;
    private readonly TimeSpan _openedAt;
    private MsrpSession? _lastFound;
    private TimeSpan _readAt;
    private TimeSpan _windowAt;
    private long _windowOctets;
    private TimeSpan? _writingSince;
    private bool _isAborted;
    private int _nextSession;
    private int _pauses;
    private bool _wasBound;
    private bool _isClosing;

    public MsrpConnection(MsrpEndpoint endpoint, ConnectionContext context)
    {
        _endpoint = endpoint;
        _context = context;
        Replies = new MsrpReplies(endpoint, this, _output);
        _inbound = new MsrpInbound(this, endpoint);
        _canWrite = new LoopSignal(endpoint.Loop);
        _canRead = new LoopSignal(endpoint.Loop);
        _watch = endpoint.Loop.CreateTimer(static state => ((MsrpConnection)state!).Watch(), this);
        _openedAt = _readAt = _windowAt = endpoint.Now;
    }

    /// <summary>Whether what passes is secure.</summary>
    public bool IsSecure => _context is TlsConnectionContext;

    /// <summary>Whether the connection is lost, or ends after what is written.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether nothing more is to be read for now: an owner is behind, or the peer does not take its answers.</summary>
    public bool IsReadingHeld => !IsOver && (_pauses > 0 || _output.Length > _endpoint.Options.MaxPendingOutputBytes);

    /// <summary>Answers and reports to the peer.</summary>
    public MsrpReplies Replies { get; }

    private EventLoop Loop => _endpoint.Loop;

    /// <summary>Reads and writes until the connection is over. Disposes of it.</summary>
    public async Task RunAsync()
    {
        Watch();
        Task writing = WriteAsync();
        await ReadAsync();
        await writing;
        _watch.Stop();
        if (!_isAborted && _inbound.IsInsideFrame && !_endpoint.IsClosed)
        {
            await LingerAsync();
        }

        _output.OpenChunk = null;
        _output.Clear();
        await _context.Transport.Input.CompleteAsync();
        await _context.Transport.Output.CompleteAsync();
        await _context.DisposeAsync();
        await Loop.Enter();
    }

    /// <summary>Binds a session to this connection (RFC 4975 5.4).</summary>
    public void Bind(MsrpSession session)
    {
        _wasBound = true;
        _sessions.Add(session);
        session.Bind(this);
    }

    /// <summary>A session is over; with the last one the connection ends.</summary>
    public void Release(MsrpSession session)
    {
        _sessions.Remove(session);
        _lastFound = null;
        if (_sessions.Count == 0)
        {
            Close();
        }
    }

    /// <summary>Ends the connection after what is written.</summary>
    public void Close()
    {
        _isClosing = true;
        _canWrite.Set();
    }

    /// <summary>Ends the connection at once, and its sessions with it.</summary>
    public void Fail(MsrpSessionEnd end)
    {
        if (!IsOver)
        {
            _isAborted = true;
            _context.Abort();
            End(end);
        }
    }

    private void End(MsrpSessionEnd end)
    {
        EndLoops();
        foreach (MsrpSession session in _sessions.ToArray())
        {
            session.Fail(end);
        }
    }

    /// <summary>A session has something to write.</summary>
    public void Wake() => _canWrite.Set();

    public void PauseReading() => _pauses++;

    public void ResumeReading()
    {
        _pauses--;
        _canRead.Set();
    }

    /// <summary>The session on this connection to which a To-Path leads.</summary>
    public MsrpSession? Find(ReadOnlySpan<byte> toPath)
    {
        // Nearly always the one of the frame before, written alike.
        if (_lastFound is { } last && toPath.SequenceEqual(last.LocalPath.Octets))
        {
            return last;
        }

        if (MsrpUri.TryParse(MsrpPath.Leftmost(toPath), out MsrpUri? uri))
        {
            foreach (MsrpSession session in _sessions)
            {
                if (_endpoint.IsMatch(session, uri))
                {
                    return _lastFound = session;
                }
            }
        }

        return null;
    }

    /// <summary>Writes the first SEND of the active side.</summary>
    public void WriteFirstSend(MsrpSession session)
    {
        session.Sender.WriteFirstSend(_output);
        _canWrite.Set();
    }

    private void EndLoops()
    {
        IsOver = true;
        _canWrite.Set();
        _canRead.Set();
        _context.Transport.Input.CancelPendingRead();
        _context.Transport.Output.CancelPendingFlush();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (!IsOver && await ReadOnceAsync())
            {
                // One read after the other.
            }
        }
#pragma warning disable CA1031 // The top of the connection: a fault in it, or in a handler, ends this connection and no other.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await Loop.Enter();
            _endpoint.LogConnectionFault(fault);
            Fail(MsrpSessionEnd.ConnectionLost);
        }

        if (!IsOver)
        {
            End(MsrpSessionEnd.ConnectionLost);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadOnceAsync()
    {
        PipeReader input = _context.Transport.Input;
        ReadResult result;
        try
        {
            result = await input.ReadAsync();
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException)
        {
            await Loop.Enter();
            _endpoint.LogConnectionLost(lost.Message);
            return false;
        }

        await Loop.Enter();
        if (result.IsCanceled || IsOver)
        {
            return false;
        }

        int maxBytes = _endpoint.Options.MaxBytesPerTurn;
        ReadOnlySequence<byte> buffer = result.Buffer;
        bool isCut = buffer.Length > maxBytes;
        buffer = isCut ? buffer.Slice(0, maxBytes) : buffer;
        bool isMsrp = Consume(buffer, out long consumed);
        bool isRest = consumed < result.Buffer.Length;
        input.AdvanceTo(buffer.GetPosition(consumed));
        if (!isMsrp)
        {
            Fail(MsrpSessionEnd.ProtocolError);
            return false;
        }

        while (IsReadingHeld)
        {
            await _canRead;
            _readAt = _endpoint.Now;
        }

        if (isCut)
        {
            await Task.Yield(); // the other connections' turn
        }

        return isRest || !result.IsCompleted;
    }

    private bool Consume(ReadOnlySequence<byte> buffer, out long consumed)
    {
        _readAt = _endpoint.Now;
        consumed = 0;
        bool isMsrp = true;
        foreach (ReadOnlyMemory<byte> segment in buffer)
        {
            isMsrp = _inbound.Consume(segment.Span, out int used);
            consumed += used;
            _endpoint.Observer?.OnOctets(isSent: false, _context.LocalEndPoint, _context.RemoteEndPoint, segment.Span[..used]);
            if (!isMsrp || used < segment.Length)
            {
                break;
            }
        }

        _windowOctets += consumed;
        _endpoint.Instruments.OctetsReceived(consumed);
        return isMsrp;
    }

    private async Task WriteAsync()
    {
        try
        {
            do
            {
                await _canWrite;
            }
            while (await WriteOnceAsync());
        }
#pragma warning disable CA1031 // The top of the connection, as above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await Loop.Enter();
            _endpoint.LogConnectionFault(fault);
            Fail(MsrpSessionEnd.ConnectionLost);
        }
    }

    // Gathers what there is, hands it over, and waits until the peer takes it.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> WriteOnceAsync()
    {
        if (IsOver)
        {
            return false;
        }

        Gather();
        if (_output.Length == 0)
        {
            return !EndIfClosing();
        }

        _endpoint.Observer?.OnOctets(isSent: true, _context.LocalEndPoint, _context.RemoteEndPoint, _output.Written);
        _endpoint.Instruments.OctetsSent(_output.Length);
        _writingSince = _endpoint.Now;
        bool isTaken = await FlushAsync(_context.Transport.Output);
        _writingSince = null;
        if (!isTaken)
        {
            Fail(MsrpSessionEnd.ConnectionLost);
            return false;
        }

        _canRead.Set();
        if (_output.Length > 0 || _isClosing || _sessions.Exists(session => session.Sender.CanWrite))
        {
            _canWrite.Set();
        }

        return true;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FlushAsync(PipeWriter pipe)
    {
        try
        {
            pipe.Write(_output.Written);
            _output.Clear();
            FlushResult result = await pipe.FlushAsync();
            await Loop.Enter();
            return !result.IsCompleted && !result.IsCanceled;
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or InvalidOperationException)
        {
            // A pipe whose connection was cut refuses what is written to it.
            await Loop.Enter();
            _endpoint.LogConnectionLost(lost.Message);
            return false;
        }
    }

    // Sessions take turns, a batch each; the chunk of one is interrupted by the frames of the next.
    private void Gather()
    {
        int limit = _endpoint.Options.BatchBytes;
        for (int i = _sessions.Count; i > 0 && _output.Length < limit && _sessions.Count > 0; i--)
        {
            _nextSession = (_nextSession + 1) % _sessions.Count;
            _sessions[_nextSession].Sender.Write(_output, limit);
        }
    }

    private bool EndIfClosing()
    {
        if (_isClosing && !IsOver)
        {
            EndLoops();
        }

        return IsOver;
    }

    // A connection that is closed while octets of the peer are unread is reset, and with it may go our last answer (RFC 9293
    // 3.10.4). So the rest of the frame is read and thrown away, as much and as long as the limits allow.
    private async Task LingerAsync()
    {
        bool isOver = false;
        LoopTimer timer = Loop.CreateTimer(
            _ =>
            {
                isOver = true;
                _context.Transport.Input.CancelPendingRead();
            },
            null);
        timer.Start(_endpoint.Options.LingerTimeout);
        try
        {
            for (long left = _endpoint.Options.LingerBytes; left > 0 && !isOver;)
            {
                // One that was cancelled before says nothing: the loops were ended that way.
                ReadResult result = await _context.Transport.Input.ReadAsync();
                await Loop.Enter();
                left -= result.Buffer.Length;
                _context.Transport.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or InvalidOperationException)
        {
            await Loop.Enter();
            _endpoint.LogConnectionLost(lost.Message);
        }

        timer.Stop();
    }

    // Whether the peer has been inside frames for the whole time, and sent next to nothing.
    private bool TrackWindow(TimeSpan now)
    {
        if (_inbound.IsInsideFrame && !IsReadingHeld && now - _windowAt < _endpoint.Options.StallTimeout)
        {
            return false;
        }

        bool isTrickling = _inbound.IsInsideFrame && !IsReadingHeld && _windowOctets < _endpoint.Options.MinStallBytes;
        (_windowAt, _windowOctets) = (now, 0);
        return isTrickling;
    }

    // Looks now and then for a peer that is gone without a word.
    private void Watch()
    {
        if (IsOver)
        {
            return;
        }

        TimeSpan now = _endpoint.Now;
        MsrpOptions options = _endpoint.Options;
        bool isStalled = _writingSince is { } since && now - since >= options.StallTimeout;
        bool isTrickling = TrackWindow(now);
        bool isHalfSent = _inbound.IsInsideFrame && !IsReadingHeld && now - _readAt >= options.StallTimeout;
        if (isStalled || isHalfSent || isTrickling)
        {
            Fail(MsrpSessionEnd.PeerSilent);
            return;
        }

        if (!_wasBound && now - _openedAt >= options.FirstSendTimeout)
        {
            Close();
        }

        foreach (MsrpSession session in _sessions.ToArray())
        {
            session.Receiver.Sweep(now);
        }

        TimeSpan shorter = options.StallTimeout < options.FirstSendTimeout ? options.StallTimeout : options.FirstSendTimeout;
        _watch.Start(shorter / 4);
    }
}
