using System.Net;
using PosteRestante.Protocols.Msrp;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Msrp;

/// <summary>
/// One MSRP session. It exists from the moment its path goes into SDP, so that a peer may connect before the offer and
/// answer are through; <see cref="Start"/> tells it what was agreed. All members are called on the loop.
/// </summary>
public sealed class MsrpSession
{
    private readonly LoopTimer _firstSendTimer;
    private MsrpNegotiation? _agreed;
    private bool _isPeerAlive;
    private bool _isAnnounced;
    private bool _isPaused;

    internal MsrpSession(MsrpEndpoint endpoint, IMsrpSessionHandler handler, MsrpUri localUri)
    {
        Endpoint = endpoint;
        Handler = handler;
        LocalUri = localUri;
        LocalPath = new MsrpPath(localUri);
        Sender = new MsrpSender(this, endpoint.Loop, endpoint.Options);
        Receiver = new MsrpReceiver(this, endpoint.Options);
        _firstSendTimer = endpoint.Loop.CreateTimer(static state => ((MsrpSession)state!).OnFirstSendTimeout(), this);
    }

    /// <summary>The URI of this end.</summary>
    public MsrpUri LocalUri { get; }

    /// <summary>The path of this end, for <c>a=path</c>.</summary>
    public MsrpPath LocalPath { get; }

    /// <summary>The peer's path; null before <see cref="Start"/>.</summary>
    public MsrpPath? RemotePath => _agreed?.Remote.Path;

    /// <summary>Whether both sides may send.</summary>
    public bool IsEstablished => _isAnnounced && Ended is null;

    /// <summary>Why the session is over; null while it is not.</summary>
    public MsrpSessionEnd? Ended { get; private set; }

    /// <summary>Messages that are not wholly written.</summary>
    public int QueuedMessages => Sender.Queued;

    /// <summary>Requests that are unanswered.</summary>
    public int UnansweredRequests => Sender.Unanswered;

    /// <summary>What the peer said it takes; null before <see cref="Start"/>.</summary>
    public MsrpMedia? RemoteMedia => _agreed?.Remote;

    /// <summary>Requests that the peer answered so far: it grows while a long message goes on.</summary>
    public long AnsweredRequests => Sender.Answered;

    /// <summary>Messages whose success REPORT is awaited.</summary>
    public int AwaitedReports => Sender.AwaitedReports;

    /// <summary>Whatever the owner wants to find again.</summary>
    public object? Tag { get; set; }

    internal MsrpEndpoint Endpoint { get; }

    internal IMsrpSessionHandler Handler { get; }

    internal MsrpSender Sender { get; }

    internal MsrpReceiver Receiver { get; }

    internal MsrpConnection? Connection { get; private set; }

    internal SdpDirection Direction => _agreed?.Direction ?? SdpDirection.SendRecv;

    /// <summary>Whether SENDs may be written: the passive side waits for the first SEND (RFC 4975 5.4).</summary>
    internal bool MaySend => Connection is not null && _agreed is not null && Ended is null && (_agreed.IsActive || _isPeerAlive);

    /// <summary>
    /// Offer and answer are through. The active side connects now; the passive side gives its peer
    /// <see cref="MsrpOptions.FirstSendTimeout"/>.
    /// </summary>
    /// <param name="agreed">What was agreed.</param>
    /// <param name="connectTo">Where to connect to, if this side is active: the caller resolves the peer's first URI and
    /// judges whether it may be connected to.</param>
    public void Start(MsrpNegotiation agreed, EndPoint? connectTo = null)
    {
        if (_agreed is not null)
        {
            throw new InvalidOperationException("The session is started already.");
        }

        _agreed = agreed;
        if (Ended is not null)
        {
            return;
        }

        if (agreed.IsActive)
        {
            ArgumentNullException.ThrowIfNull(connectTo);
            _ = Endpoint.ConnectAsync(this, connectTo);
        }
        else if (_isPeerAlive)
        {
            Announce();
        }
        else
        {
            _firstSendTimer.Start(Endpoint.Options.FirstSendTimeout);
        }
    }

    /// <summary>
    /// Takes a message to be sent after those before it. Its outcome comes by <see cref="IMsrpSessionHandler.OnSent"/>.
    /// </summary>
    /// <returns>False when the session is over or too many wait: then nothing is said about the message later.</returns>
    public bool TrySend(MsrpOutgoingMessage message)
    {
        if (Ended is not null || !Sender.TryEnqueue(message))
        {
            return false;
        }

        WakeWriter();
        return true;
    }

    /// <summary>As <see cref="TrySend"/>; ends with the outcome.</summary>
    public Task<MsrpSendOutcome> SendAsync(MsrpOutgoingMessage message)
    {
        message.Waiter = new TaskCompletionSource<MsrpSendOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        return TrySend(message)
            ? message.Waiter.Task
            : Task.FromResult(new MsrpSendOutcome(MsrpSendOutcomeKind.NotSent, 0));
    }

    /// <summary>Reads no more from the peer until <see cref="ResumeReading"/>; what was read may still come.</summary>
    public void PauseReading()
    {
        if (!_isPaused)
        {
            _isPaused = true;
            Connection?.PauseReading();
        }
    }

    /// <summary>Reads on.</summary>
    public void ResumeReading()
    {
        if (_isPaused)
        {
            _isPaused = false;
            Connection?.ResumeReading();
        }
    }

    /// <summary>Ends the session. What was written, answers and reports included, still goes out.</summary>
    public void Close() => Fail(MsrpSessionEnd.Closed);

    internal void Bind(MsrpConnection connection)
    {
        Connection = connection;
        if (_isPaused)
        {
            connection.PauseReading();
        }
    }

    /// <summary>Whether a request of the peer on this connection may bind the session to it.</summary>
    internal bool MayBind => Connection is null && Ended is null && _agreed?.IsActive != true;

    internal bool MaySendType(string contentType) => _agreed!.Remote.MaySend(contentType);

    /// <summary>The peer's SEND came, or our first one was answered.</summary>
    internal void OnPeerAlive()
    {
        if (_isPeerAlive)
        {
            return;
        }

        _isPeerAlive = true;
        _firstSendTimer.Stop();
        if (_agreed is not null)
        {
            Announce();
        }
    }

    internal void WakeWriter()
    {
        if (Connection is { } connection && Sender.CanWrite)
        {
            connection.Wake();
        }
    }

    internal void WriteAnswer(
        ReadOnlySpan<byte> transactionId, ReadOnlySpan<byte> fromPath, MsrpFailureReport failureReport, int status) =>
        Connection?.Replies.WriteAnswer(transactionId, fromPath, LocalPath.Octets, failureReport, status);

    internal void WriteReport(ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> messageId, long length) =>
        Connection?.Replies.WriteReport(toPath, LocalPath.Octets, messageId, length);

    internal void Fail(MsrpSessionEnd end)
    {
        if (Ended is not null)
        {
            return;
        }

        Ended = end;
        _firstSendTimer.Stop();
        Sender.End();
        Receiver.Abort();
        ResumeReading();
        Endpoint.Remove(this, end);
        Connection?.Release(this);
        Handler.OnEnded(this, end);
    }

    private void Announce()
    {
        _isAnnounced = true;
        Handler.OnEstablished(this);
        WakeWriter();
    }

    private void OnFirstSendTimeout() => Fail(MsrpSessionEnd.NoFirstSend);
}
