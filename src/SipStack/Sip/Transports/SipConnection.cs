using System.Buffers;
using Microsoft.AspNetCore.Connections;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Sip.Transports;

/// <summary>One stream: cuts what it reads into messages, and writes one message after the other. All on the loop.</summary>
internal sealed class SipConnection
{
    private readonly StreamTransport _transport;
    private readonly ConnectionContext _context;
    private readonly SipFramer _framer;
    private readonly SipConnectionWriter _writer;
    private readonly LoopTimer _deadline;
    private TimeSpan _activeAt;
    private TimeSpan? _unfinishedSince;
    private Task? _run;
    private bool _isRefused;
    private bool _isLingering;
    private bool _closed;

    public SipConnection(StreamTransport transport, ConnectionContext context, SipFlow flow)
    {
        _transport = transport;
        _context = context;
        Flow = flow;
        _framer = new SipFramer(transport.ParserOptions);
        _writer = new SipConnectionWriter(transport.Loop, context.Transport.Output, transport.Options.MaxSendQueueBytes, Abort);
        _deadline = transport.Loop.CreateTimer(static state => ((SipConnection)state!).CheckDeadline(), this);
        _activeAt = Now;
    }

    public SipFlow Flow { get; }

    private TimeSpan Now => _transport.Loop.Uptime;

    /// <summary>Reads until the stream ends.</summary>
    public Task RunAsync() => _run ??= RunCoreAsync();

    public SipSendResult Send(ReadOnlySpan<byte> octets)
    {
        _activeAt = Now;
        return _closed ? SipSendResult.FlowGone : _writer.Write(octets);
    }

    /// <summary>Ends the stream after what is written.</summary>
    public async Task CloseAsync()
    {
        _closed = true;
        _context.Transport.Input.CancelPendingRead();
        if (_run is not null)
        {
            await _run;
        }
    }

    private async Task RunCoreAsync()
    {
        CheckDeadline();
        try
        {
            while (!_closed && await ReadAsync())
            {
                // One read after the other.
            }

            if (_isRefused && !_closed)
            {
                await LingerAsync();
            }
        }
        catch (Exception lost) when (lost is IOException or OperationCanceledException or InvalidOperationException)
        {
            await _transport.Loop.Enter();
            _transport.Lost(Flow, lost);
        }

        _closed = true;
        _deadline.Stop();
        _transport.Remove(this);
        await _writer.CompleteAsync();
        await _context.Transport.Input.CompleteAsync();
        await _context.DisposeAsync();
    }

    private async ValueTask<bool> ReadAsync()
    {
        var result = await _context.Transport.Input.ReadAsync();
        await _transport.Loop.Enter();
        if (result.IsCanceled || _closed)
        {
            return false;
        }

        var goOn = Cut(result.Buffer, out var consumed, out var examined, out var isPaused);
        _activeAt = Now;
        var rest = result.Buffer.Slice(consumed);
        TrackUnfinished(rest, hasAdvanced: rest.Length < result.Buffer.Length, isPaused);
        _context.Transport.Input.AdvanceTo(consumed, examined);
        if (isPaused)
        {
            await Task.Yield(); // the other connections' turn
        }

        return goOn && (isPaused || !result.IsCompleted);
    }

    // Returns false when the stream is to be closed. Paused: a whole message may still be there.
    private bool Cut(ReadOnlySequence<byte> buffer, out SequencePosition consumed, out SequencePosition examined, out bool isPaused)
    {
        isPaused = false;
        for (var handled = 0; ; handled++)
        {
            if (handled == _transport.Options.MessagesPerTurn)
            {
                isPaused = true;
                consumed = examined = buffer.Start;
                return true;
            }

            var frame = _framer.Read(buffer);
            consumed = frame.Consumed;
            examined = frame.Examined;
            buffer = buffer.Slice(frame.Consumed);
            switch (frame.Status)
            {
                case SipFrameStatus.NeedMoreData:
                    return true;
                case SipFrameStatus.Ping:
                    _writer.Write("\r\n"u8); // the pong of RFC 5626 4.4.1
                    break;
                case SipFrameStatus.Message:
                    Handle(frame);
                    break;
                default: // the next message cannot be found (18.3)
                    Handle(frame);
                    _isRefused = true;
                    return false;
            }
        }
    }

    private void Handle(in SipFrame frame)
    {
        var message = new SipMessage();
        var result = _transport.Parser.Parse(message, frame.Octets.ToArray());
        if (frame.Status == SipFrameStatus.Malformed)
        {
            result = new SipParseResult(frame.Error, 0);
        }

        _transport.Receive(Flow, message, result);
    }

    // A connection that is closed while octets of the peer are unread is reset, and with it may go the answer that says why (RFC
    // 9293 3.10.4). So the rest is read and thrown away, as much and as long as the limits allow, or until the peer closes.
    private async Task LingerAsync()
    {
        _isLingering = true;
        _deadline.Start(_transport.Options.LingerTimeout);
        for (var left = _transport.Options.LingerBytes; left > 0 && !_closed;)
        {
            var result = await _context.Transport.Input.ReadAsync();
            await _transport.Loop.Enter();
            left -= result.Buffer.Length;
            _context.Transport.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCanceled || result.IsCompleted)
            {
                return;
            }
        }
    }

    private void TrackUnfinished(ReadOnlySequence<byte> rest, bool hasAdvanced, bool isPaused)
    {
        if (rest.IsEmpty || isPaused)
        {
            _unfinishedSince = null;
        }
        else if (_unfinishedSince is null || hasAdvanced) // another message than before
        {
            _unfinishedSince = Now;
            CheckDeadline();
        }
    }

    // One timer for both limits: it looks at what is due, and sleeps until the next.
    private void CheckDeadline()
    {
        if (_closed)
        {
            return;
        }

        if (_isLingering)
        {
            _closed = true;
            _context.Transport.Input.CancelPendingRead();
            return;
        }

        var idleAt = _activeAt + _transport.Options.IdleTimeout;
        var unfinishedAt = _unfinishedSince + _transport.Options.UnfinishedMessageAge;
        var next = unfinishedAt < idleAt ? unfinishedAt.Value : idleAt;
        if (Now < next)
        {
            _deadline.Start(next - Now);
            return;
        }

        if (_unfinishedSince is not null)
        {
            _transport.Instruments.MessageDropped(SipDropReason.Unfinished);
        }

        _closed = true;
        _context.Transport.Input.CancelPendingRead();
    }

    private void Abort()
    {
        _closed = true;
        _context.Abort();
        _context.Transport.Input.CancelPendingRead();
    }
}
