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
    private readonly PushGate _gate;
    private readonly PushPace _pace;
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
        _gate = new PushGate(_options.MaxConcurrent);
        _pace = new PushPace(loop, _options.StartsPerSecond, _random.Next);
        var invites = new PushInviteWriter(sip.Dialogs, sessions, uris, answers, _options, isBehindCore: routing.Value.NextHop.Length > 0);
        _calls = new PushCalls(loop, sip, msrp, address, invites, sessions, new OutboundPolicy(delivery.Value), _options, sdp.Value, logger);
        _logger = logger;
    }

    /// <summary>Set when the node is leaving: what waits for its turn or for a live delivery, or would go on with another call, ends.</summary>
    public bool IsDraining
    {
        get;
        set
        {
            field = value;
            if (value)
            {
                _gate.Close();
            }
        }
    }

    /// <summary>Pushes that run or wait.</summary>
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
        else if (_runs.Count >= _options.MaxConcurrent + _options.MaxWaiting)
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
        if (await BeginAsync(mailbox) is not { } begun)
        {
            return PushOutcome.Nothing;
        }

        try
        {
            return await PushAsync(run, mailbox, begun);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private async Task<PushOutcome> PushAsync(PushRun run, IUserMailbox mailbox, DeliveryBegun begun)
    {
        var delivery = _deliveries.Begin(run.Owner.Mailbox, mailbox, begun, appends: true);
        var outcome = PushOutcome.Broken;
        try
        {
            await _pace.TurnAsync();
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

    // Waits for a place, which the caller gives back when a lease was granted, and for a live delivery of the owner or of another
    // node, meanwhile without the place.
    private async Task<DeliveryBegun?> BeginAsync(IUserMailbox mailbox)
    {
        var request = new BeginDelivery { Kind = DeliveryKind.Push, SessionId = _random.NextTag() };
        var asked = _loop.Timestamp;
        while (await _gate.EnterAsync())
        {
            var outcome = DeliveryOutcome.StoreUnavailable;
            try
            {
                var begun = await mailbox.BeginDeliveryAsync(request);
                outcome = begun.Outcome;
                if (outcome == DeliveryOutcome.Granted)
                {
                    return begun;
                }
            }
            catch (Exception failure) when (failure is TimeoutException or OrleansException)
            {
                LogPushFailed(failure);
            }
            finally
            {
                if (outcome != DeliveryOutcome.Granted)
                {
                    _gate.Leave();
                }
            }

            if (outcome != DeliveryOutcome.Busy || _loop.Time.GetElapsedTime(asked) >= _options.BusyWait)
            {
                return null;
            }

            await Task.Delay(_options.BusyPause, _loop.Time);
        }

        return null; // the node is leaving
    }
}
