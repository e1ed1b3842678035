using System.Buffers;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipEdge.Retrieval;

/// <summary>
/// The MSRP half of a retrieval: reads pages from the mailbox, sends one MSRP message per deferred message, oldest first
/// (DM-12.2.1.1.2-4, DM-12.2.2.5-1), and confirms what the client acknowledged (D12). Over when all is settled and recorded,
/// or the session ends. On the loop.
/// </summary>
internal sealed partial class RetrievalDelivery : IMsrpSessionHandler
{
    // The limit of links that OpenTelemetry sets by default (OTEL_SPAN_LINK_COUNT_LIMIT).
    private const int MaxLinks = 128;

    private readonly EventLoop _loop;
    private readonly DeliveryLease _lease;
    private readonly HandoverWriter _writer;
    private readonly EdgeTelemetry _telemetry;
    private readonly RetrievalOptions _options;
    private readonly Activity? _activity;
    private readonly ILogger _logger;
    private readonly OutcomeConfirmer _confirmer;
    private readonly TaskCompletionSource _over = new();
    private readonly DeliveryWindow _window;
    private readonly HashSet<MsrpOutgoingMessage> _unreported = [];
    private readonly HashSet<MsrpOutgoingMessage> _reportedEarly = [];
    private readonly LoopTimer _reportTimer;
    private readonly LoopTimer _renewTimer;
    private MsrpSession? _session;
    private int _links;
    private int _settledSinceRenewal;
    private bool _isFetched;
    private bool _endedUnanswered;
    private bool _reportsWaited;

    public RetrievalDelivery(
        EventLoop loop,
        DeliveryLease lease,
        HandoverWriter writer,
        EdgeTelemetry telemetry,
        RetrievalOptions options,
        TimeSpan renewEvery,
        Activity? activity,
        ILogger logger)
    {
        _loop = loop;
        _lease = lease;
        _writer = writer;
        _telemetry = telemetry;
        _options = options;
        _activity = activity;
        _logger = logger;
        _window = new DeliveryWindow(options);
        _confirmer = new OutcomeConfirmer(lease, options.ConfirmMessages, EndIfDone, Fail);
        _reportTimer = loop.CreateTimer(static state => ((RetrievalDelivery)state!).OnReportsWaited(), this);
        _renewTimer = loop.CreateTimer(static state => ((RetrievalDelivery)state!).Renew(), this);
        RenewEvery = renewEvery;
        _renewTimer.Start(renewEvery);
    }

    /// <summary>Ends when everything that was sent is settled and its outcome recorded.</summary>
    public Task Over => _over.Task;

    /// <summary>Messages whose delivery was confirmed by the client.</summary>
    public int Delivered { get; private set; }

    /// <summary>Why not all was handed over; null when it was, or the client ended the session.</summary>
    public DeliveryCut? Cut { get; private set; }

    /// <summary>Whether it goes on with what arrives while it runs, as a push does (design of delivery).</summary>
    public bool Appends { get; init; }

    /// <summary>The fencing token of its lease.</summary>
    public long Token => _lease.Token;

    private TimeSpan RenewEvery { get; }

    // D12: on a direct path the 200 is the recipient's; through a relay it is only the hop's.
    private bool IsDirect => _session!.RemotePath!.IsDirect;

    private bool IsOver => IsSessionOver || _over.Task.IsCompleted;

    private bool IsSessionOver => _session?.Ended is not null;

    /// <inheritdoc/>
    public void OnEstablished(MsrpSession session)
    {
        _session = session;
        _ = SendAllAsync(session);
    }

    /// <inheritdoc/>
    public MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message) =>
        MsrpReception.Refuse(MsrpStatusCode.Forbidden); // we said sendonly (RFC 4975 8.9)

    /// <inheritdoc/>
    public void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        _settledSinceRenewal++;
        _endedUnanswered |= IsSessionOver; // the session settles what is open before it says that it ended
        var awaitsReport = outcome.IsAcknowledged && !IsDirect && !_reportedEarly.Remove(message);
        _window.Answered(message.Length, awaitsReport);
        switch (outcome.Kind)
        {
            case MsrpSendOutcomeKind.Acknowledged when awaitsReport:
                AwaitReport(message);
                break;
            case MsrpSendOutcomeKind.Acknowledged:
                Settle(message, SendOutcome.Delivered, outcome.Status);
                break;
            case MsrpSendOutcomeKind.Rejected:
                Settle(message, SendOutcome.Rejected, outcome.Status);
                break;
            case MsrpSendOutcomeKind.InDoubt:
                Settle(message, SendOutcome.InDoubt, 0);
                break;
            default:
                _telemetry.MessageSent("not_sent"); // it stays as it was
                Cut ??= outcome.Status is MsrpStatusCode.SessionDoesNotExist or MsrpStatusCode.SessionInUse ? DeliveryCut.Lost : null;
                break;
        }

        EndIfDone();
    }

    /// <inheritdoc/>
    public void OnReport(MsrpSession session, MsrpOutgoingMessage message, MsrpStatus status)
    {
        if (_unreported.Remove(message))
        {
            _settledSinceRenewal++;
            _reportTimer.Stop(); // the next one has its whole time again
            _window.Reported();
            Settle(message, status.IsSuccess ? SendOutcome.Delivered : SendOutcome.Rejected, status.Code);
        }
        else if (message.Outcome is null && status.IsSuccess && !IsDirect)
        {
            _reportedEarly.Add(message); // a REPORT may overtake the relay's 200
        }

        EndIfDone();
    }

    /// <inheritdoc/>
    public void OnEnded(MsrpSession session, MsrpSessionEnd end)
    {
        _session = session;
        if (!_over.Task.IsCompleted && (!_isFetched || _endedUnanswered))
        {
            Cut ??= DeliveryCut.Lost;
        }

        LeaveInDoubt();
        _window.Close();
        EndIfDone();
    }

    /// <summary>Ends the delivery because a newer one has the lease: what is under way goes over the new session.</summary>
    public void Supersede()
    {
        _lease.IsSuperseded = true;
        EndIfDone();
    }

    /// <summary>Ends the delivery over a defect; what is not recorded is offered again.</summary>
    public void Fail(Exception failure)
    {
        LogFailed(failure);
        if (!_over.Task.IsCompleted)
        {
            Cut = DeliveryCut.Unavailable;
            Stop();
        }
    }

    /// <summary>Ends the delivery as it is.</summary>
    public void Stop()
    {
        _reportTimer.Stop();
        _renewTimer.Stop();
        _over.TrySetResult();
        _window.Close();
    }

    private async Task SendAllAsync(MsrpSession session)
    {
        try
        {
            await SendPagesAsync(session);
        }
#pragma warning disable CA1031 // The top of this loop: a defect ends this delivery and no other.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(failure);
            return;
        }

        _isFetched = true;
        EndIfDone();
    }

    private async Task SendPagesAsync(MsrpSession session)
    {
        var after = 0L;
        while (!IsOver)
        {
            if (await _lease.NextPageAsync(after) is not { } page)
            {
                CutShort();
                return;
            }

            foreach (var message in page.Messages)
            {
                await SendAsync(session, message);
            }

            after = page.NextAfterSequence;
            if (page.IsLast && (!Appends || page.Messages.IsEmpty))
            {
                return;
            }

            if (page.IsLast)
            {
                await AnsweredAsync();
            }

            EndIfDone(); // through a relay the REPORTs of this page have their time too
            await _window.WaitForRoomAsync();
        }
    }

    // What has arrived meanwhile is asked for once, when all else has its answer.
    private async Task AnsweredAsync()
    {
        while (_window.Unanswered > 0 && !IsOver)
        {
            await _window.WaitForAnswerAsync();
        }
    }

    private void CutShort()
    {
        if (!_lease.IsSuperseded && !IsOver)
        {
            Cut = DeliveryCut.Unavailable;
            LogCutShort();
        }
    }

    private async Task SendAsync(MsrpSession session, WaitingMessage message)
    {
        var body = new ArrayBufferWriter<byte>(message.Content.Octets.Length + 1024);
        if (!_writer.TryWrite(message, body, out var contentType))
        {
            LogUnreadable(message.MessageKey);
            _confirmer.Add(Outcome(message, SendOutcome.Rejected, 0));
            return;
        }

        var outgoing = new MsrpOutgoingMessage(MessageId(message), contentType, body.WrittenMemory)
        {
            SuccessReport = true,
            FailureReport = MsrpFailureReport.Yes,
            Tag = Outcome(message, SendOutcome.None, 0), // what is confirmed later, without the content
        };
        while (!session.TrySend(outgoing))
        {
            if (IsOver)
            {
                return;
            }

            if (_window.Unanswered == 0)
            {
                throw new InvalidOperationException("A session in which nothing waits takes no message.");
            }

            await _window.WaitForAnswerAsync();
        }

        _window.Sent(outgoing.Length);
        Link(message);
    }

    private void Link(WaitingMessage message)
    {
        if (_activity is not null && _links < MaxLinks)
        {
            _links++;
            EdgeTelemetry.Link(_activity, message.Content.TraceParent);
        }
    }

    // Stable for one delivery of one message, so that a client drops its repeats (DM-12.2.2.5-1); another generation is
    // another delivery. An MSRP ident has no room for a sip: URI (RFC 4975 9).
    private static string MessageId(WaitingMessage message) => $"d{message.MessageKey}{(message.Generation + 1) % 100_000}";

    private static MessageOutcome Outcome(WaitingMessage message, SendOutcome outcome, int status) => new()
    {
        Sequence = message.Sequence,
        MessageKey = message.MessageKey,
        Outcome = outcome,
        Status = status,
    };

    private void Settle(MsrpOutgoingMessage message, SendOutcome outcome, int status)
    {
        if (outcome == SendOutcome.Delivered)
        {
            Delivered++;
        }

        _telemetry.MessageSent(outcome switch
        {
            SendOutcome.Delivered => "delivered",
            SendOutcome.Rejected => "rejected",
            _ => "in_doubt",
        });
        _confirmer.Add((MessageOutcome)message.Tag! with
        {
            Outcome = outcome,
            Status = outcome == SendOutcome.Rejected ? status : 0,
        });
    }

    private void AwaitReport(MsrpOutgoingMessage message)
    {
        _unreported.Add(message);
        if (!_reportTimer.IsRunning)
        {
            _reportTimer.Start(_options.RelayReportWait);
        }
    }

    private void EndIfDone()
    {
        if (_over.Task.IsCompleted)
        {
            return;
        }

        if (_lease.IsSuperseded && _confirmer.IsIdle)
        {
            Cut = DeliveryCut.Superseded;
            Stop(); // the owner asked anew: what is under way goes over the new session
            return;
        }

        if (_unreported.Count > 0 && !_reportTimer.IsRunning)
        {
            _reportTimer.Start(_options.RelayReportWait);
        }

        if (_window.Unanswered > 0 || !_confirmer.IsIdle || !(_isFetched || IsSessionOver))
        {
            return;
        }

        // DM-12.2.2.5-3: the REPORTs are waited for, a while; through relays they are what counts.
        var awaited = IsSessionOver || _session is null ? 0 : _session.AwaitedReports;
        if (_reportsWaited || (awaited == 0 && _unreported.Count == 0))
        {
            Stop();
        }
        else if (!_reportTimer.IsRunning)
        {
            _reportTimer.Start(_options.ReportWait);
        }
    }

    private void OnReportsWaited()
    {
        _reportsWaited = _isFetched; // before that, more is sent and has its own time
        LeaveInDoubt();
        EndIfDone();
    }

    private void LeaveInDoubt()
    {
        MsrpOutgoingMessage[] unreported = [.. _unreported];
        _unreported.Clear();
        foreach (var message in unreported)
        {
            Settle(message, SendOutcome.InDoubt, 0);
            _window.Reported();
        }
    }

    // Confirmations renew the lease; a session that settles nothing for a whole period is not kept alive by this.
    private void Renew()
    {
        _renewTimer.Start(RenewEvery);
        if (_settledSinceRenewal > 0)
        {
            _settledSinceRenewal = 0;
            _ = RenewAsync();
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            _ = await _lease.ConfirmAsync([]);
        }
#pragma warning disable CA1031 // A defect ends this delivery and no other.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Fail(failure);
            return;
        }

        EndIfDone();
    }
}
