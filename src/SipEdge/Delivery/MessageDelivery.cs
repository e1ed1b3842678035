using System.Diagnostics;
using Microsoft.Extensions.Logging;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipEdge.Handover;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>
/// The MSRP half of a delivery: settles what comes back for what <see cref="DeliveryFeed"/> sends, and confirms what the client
/// acknowledged (D12). Over when all is settled and recorded, or the session ends. On the loop.
/// </summary>
internal sealed partial class MessageDelivery : IMsrpSessionHandler
{
    private readonly DeliveryLease _lease;
    private readonly EdgeTelemetry _telemetry;
    private readonly DeliveryOptions _options;
    private readonly ILogger _logger;
    private readonly OutcomeConfirmer _confirmer;
    private readonly TaskCompletionSource _over = new();
    private readonly DeliveryWindow _window;
    private readonly DeliveryFeed _feed;
    private readonly HashSet<MsrpOutgoingMessage> _unreported = [];
    private readonly HashSet<MsrpOutgoingMessage> _reportedEarly = [];
    private readonly LoopTimer _reportTimer;
    private readonly LeaseRenewal _renewal;
    private MsrpSession? _session;
    private bool _isFetched;
    private bool _endedUnanswered;
    private bool _reportsWaited;

    public MessageDelivery(
        EventLoop loop,
        DeliveryLease lease,
        HandoverWriter writer,
        IBodyStore bodies,
        EdgeTelemetry telemetry,
        DeliveryOptions options,
        TimeSpan renewEvery,
        bool appends,
        Activity? activity,
        ILogger logger)
    {
        _lease = lease;
        _telemetry = telemetry;
        _options = options;
        _logger = logger;
        _window = new DeliveryWindow(options);
        _confirmer = new OutcomeConfirmer(lease, options.ConfirmMessages, EndIfDone, Fail);
        _feed = new DeliveryFeed(
            lease, _window, writer, content => new OutgoingBody(content, bodies, loop, options.StoreRetries), activity, logger)
        {
            Appends = appends,
            Unsendable = Refuse,
            PageSent = EndIfDone, // through a relay the REPORTs of this page have their time too
        };
        _reportTimer = loop.CreateTimer(static state => ((MessageDelivery)state!).OnReportsWaited(), this);
        _renewal = new LeaseRenewal(loop, lease, renewEvery, () => _session?.AnsweredRequests ?? 0, EndIfDone, Fail);
    }

    /// <summary>Ends when everything that was sent is settled and its outcome recorded.</summary>
    public Task Over => _over.Task;

    /// <summary>Messages whose delivery was confirmed by the client.</summary>
    public int Delivered { get; private set; }

    /// <summary>Why not all was handed over; null when it was, or the client ended the session.</summary>
    public DeliveryCut? Cut { get; private set; }

    /// <summary>Its hold on the mailbox.</summary>
    public DeliveryLease Lease => _lease;

    /// <summary>Whether a call for it is out and has no answer: the lease is kept without progress. Who sets it sets its bound.</summary>
    public bool IsCalling
    {
        get => _renewal.IsUnconditional;
        set => _renewal.IsUnconditional = value;
    }

    // D12: on a direct path the 200 is the recipient's; through a relay it is only the hop's.
    private bool IsDirect => _session!.RemotePath!.IsDirect;

    private bool IsSessionOver => _session?.Ended is not null;

    /// <inheritdoc/>
    public void OnEstablished(MsrpSession session)
    {
        _session = session;
        _ = FeedAsync(session);
    }

    /// <inheritdoc/>
    public MsrpReception OnMessage(MsrpSession session, MsrpIncomingMessage message) =>
        MsrpReception.Refuse(MsrpStatusCode.Forbidden); // we said sendonly (RFC 4975 8.9)

    /// <inheritdoc/>
    public void OnSent(MsrpSession session, MsrpOutgoingMessage message, MsrpSendOutcome outcome)
    {
        _renewal.Progress();
        _endedUnanswered |= IsSessionOver; // the session settles what is open before it says that it ended
        var sent = (SentMessage)message.Tag!;
        sent.Body?.Dispose();
        var awaitsReport = outcome.IsAcknowledged && !IsDirect && !_reportedEarly.Remove(message);
        _window.Answered(sent.HeldOctets, awaitsReport);
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
            case MsrpSendOutcomeKind.NotSent when sent.Body?.Fault == BodyFault.Lost:
                LogBodyLost(sent.Outcome.MessageKey);
                Settle(message, SendOutcome.Rejected, 0);
                break;
            default:
                _telemetry.MessageSent("not_sent"); // it stays as it was
                Cut ??= sent.Body?.Fault == BodyFault.Unavailable ? DeliveryCut.Unavailable : null;
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
            _renewal.Progress();
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
        _renewal.Stop();
        _over.TrySetResult();
        _window.Close();
    }

    private async Task FeedAsync(MsrpSession session)
    {
        try
        {
            if (!await _feed.RunAsync(session))
            {
                CutShort();
            }
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

    private void CutShort()
    {
        if (!_lease.IsSuperseded && !IsSessionOver && !_over.Task.IsCompleted)
        {
            Cut = DeliveryCut.Unavailable;
            LogCutShort();
        }
    }

    private void Refuse(MessageOutcome outcome)
    {
        _telemetry.MessageSent("rejected");
        _confirmer.Add(outcome);
    }

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
        _confirmer.Add(((SentMessage)message.Tag!).Outcome with
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
}
