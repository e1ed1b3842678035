using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Runtime;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Delivery;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Sessions;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Push;

/// <summary>
/// Offers what waits to a user who is back (12.2.2.2): one push a mailbox at a time, under a lease that a pull takes away. What is
/// not confirmed stays, and the next PUBLISH tries again. On the loop.
/// </summary>
public sealed partial class PushHandler
{
    private readonly EventLoop _loop;
    private readonly IGrainFactory _grains;
    private readonly SipIdentifiers _random;
    private readonly EdgeTelemetry _telemetry;
    private readonly PushOptions _options;
    private readonly DeliveryLayer _deliveries;
    private readonly PushCalls _calls;
    private readonly IPushTargets _targets;
    private readonly Dictionary<string, PushRun> _runs = new(StringComparer.Ordinal);
    private readonly ILogger<PushHandler> _logger;

    /// <summary>Creates the handler.</summary>
    public PushHandler(
        EventLoop loop,
        IGrainFactory grains,
        SipEndpoint sip,
        MsrpEndpoint msrp,
        AnswerWriter answers,
        EdgeAddress address,
        ServiceUris uris,
        EdgeTelemetry telemetry,
        SessionLayer sessions,
        DeliveryLayer deliveries,
        IPushTargets targets,
        IOptions<RoutingOptions> routing,
        IOptions<PushOptions> options,
        IOptions<DeliveryOptions> delivery,
        IOptions<SdpOptions> sdp,
        ILogger<PushHandler> logger)
    {
        ArgumentNullException.ThrowIfNull(sip);
        ArgumentNullException.ThrowIfNull(routing);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(delivery);
        ArgumentNullException.ThrowIfNull(sdp);
        _loop = loop;
        _grains = grains;
        _random = sip.Identifiers;
        _telemetry = telemetry;
        _deliveries = deliveries;
        _options = options.Value;
        _targets = targets;
        var invites = new PushInviteWriter(sip.Dialogs, sessions, uris, answers, _options, isBehindCore: routing.Value.NextHop.Length > 0);
        _calls = new PushCalls(loop, sip, msrp, address, invites, sessions, new OutboundPolicy(delivery.Value), _options, sdp.Value, logger);
        _logger = logger;
    }

    /// <summary>Set when the node is leaving: what waits for a live delivery, or would go on with another call, ends.</summary>
    public bool IsDraining { get; set; }

    /// <summary>Pushes that run.</summary>
    public int Sessions => _runs.Count;

    /// <summary>A PUBLISH of the owner wants what waits. While a push of the mailbox runs it starts nothing.</summary>
    /// <param name="owner">The user.</param>
    /// <param name="source">The flow of the PUBLISH: the way back to the user, unless a core is in front.</param>
    public void Start(Account owner, SipFlow source)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(source);
        var ways = _targets.Find(owner, source);
        if (_runs.TryGetValue(owner.Mailbox.Value, out var running))
        {
            running.Hear(ways);
        }
        else if (_runs.Count >= _options.MaxSessions)
        {
            _telemetry.PushEnded("too_many");
        }
        else
        {
            var run = new PushRun(owner, ways);
            _runs.Add(owner.Mailbox.Value, run);
            _ = RunAsync(run);
        }
    }

    private async Task RunAsync(PushRun run)
    {
        using var activity = EdgeTelemetry.Source.StartActivity("push", ActivityKind.Producer);
        activity?.SetTag("messaging.system", "sip-deferred");
        activity?.SetTag("messaging.operation.name", "push");
        activity?.SetTag("messaging.destination.template", "mailbox/{user}");
        try
        {
            while (await PushAsync(run) is var outcome
                && !IsDraining
                && (outcome == PushOutcome.MoreWaiting
                    || (outcome is PushOutcome.Unanswered or PushOutcome.Refused or PushOutcome.Broken && run.TryNextWay())))
            {
                // Once more.
            }
        }
#pragma warning disable CA1031 // One push must not take others with it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogPushFailed(failure);
        }

        _runs.Remove(run.Owner.Mailbox.Value);
    }

    private async Task<PushOutcome> PushAsync(PushRun run)
    {
        var mailbox = _grains.GetGrain<IUserMailbox>(run.Owner.Mailbox.Value);
        var begun = await BeginAsync(mailbox);
        if (begun.Outcome != DeliveryOutcome.Granted)
        {
            return PushOutcome.Nothing;
        }

        var delivery = _deliveries.Begin(run.Owner.Mailbox, mailbox, begun, appends: true);
        var outcome = PushOutcome.Broken;
        try
        {
            outcome = await _calls.CallAsync(run, delivery);
        }
        finally
        {
            var ended = await _deliveries.EndAsync(run.Owner.Mailbox, delivery);
            outcome = outcome == PushOutcome.Delivered && delivery.Delivered > 0 && ended?.MoreWaiting == true ? PushOutcome.MoreWaiting : outcome;
            LogPushed(outcome);
            _telemetry.PushEnded(outcome.ToString().ToLowerInvariant());
        }

        return outcome;
    }

    // A live delivery, of the owner or of another node, is waited for.
    private async Task<DeliveryBegun> BeginAsync(IUserMailbox mailbox)
    {
        var request = new BeginDelivery { Kind = DeliveryKind.Push, SessionId = _random.NextTag() };
        var asked = _loop.Timestamp;
        while (true)
        {
            var begun = await TryBeginAsync(mailbox, request);
            if (begun.Outcome != DeliveryOutcome.Busy || IsDraining || _loop.Time.GetElapsedTime(asked) >= _options.BusyWait)
            {
                return begun;
            }

            await Task.Delay(_options.BusyPause, _loop.Time);
        }
    }

    private async Task<DeliveryBegun> TryBeginAsync(IUserMailbox mailbox, BeginDelivery request)
    {
        try
        {
            return await mailbox.BeginDeliveryAsync(request);
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            LogPushFailed(failure);
            return new DeliveryBegun { Outcome = DeliveryOutcome.StoreUnavailable };
        }
    }
}
