using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using PosteRestante.Grains.Interfaces.Mailbox;
using PosteRestante.Protocols.Cpim;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.Storage.Bodies;

namespace PosteRestante.SipEdge.Deposit;

/// <summary>
/// MESSAGE to a served user: reads it, gives it to the mailbox, answers when the mailbox has it durably (D9). On the loop.
/// </summary>
/// <remarks>
/// A MESSAGE that arrives again while its deposit runs joins it in the transaction layer; one that arrives later is found by
/// its dedupe key. So there is no table of what was seen here.
/// </remarks>
public sealed partial class DepositHandler : IDisposable
{
    private const int StepOctets = 64 * 1024;

    private readonly EventLoop _loop;
    private readonly IGrainFactory _grains;
    private readonly SipIdentifiers _random;
    private readonly Challenger _challenger;
    private readonly EdgeTelemetry _telemetry;
    private readonly ILogger<DepositHandler> _logger;
    private readonly DepositOptions _options;
    private readonly DepositReader _reader;
    private readonly IBodyStore _bodies;
    private readonly byte[] _server;
    private long _pendingOctets;

    /// <summary>Creates the handler.</summary>
    public DepositHandler(
        EventLoop loop,
        IGrainFactory grains,
        SipIdentifiers random,
        AnswerWriter answers,
        Challenger challenger,
        EdgeTelemetry telemetry,
        IBodyStore bodies,
        IOptions<DepositOptions> options,
        IOptions<CpimOptions> cpim,
        ILogger<DepositHandler> logger)
    {
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(cpim);
        _loop = loop;
        _grains = grains;
        _random = random;
        _challenger = challenger;
        _telemetry = telemetry;
        _logger = logger;
        _bodies = bodies;
        _options = options.Value;
        _reader = new DepositReader(_options, cpim.Value);
        _server = System.Text.Encoding.ASCII.GetBytes(answers.Server);
    }

    /// <summary>Deposits that wait for their mailbox.</summary>
    public int Pending { get; private set; }

    /// <summary>
    /// Begins a deposit. When the result is null, the transaction is answered later; else the caller answers with it.
    /// </summary>
    public Answer? Handle(SipServerTransaction transaction, Account owner, SenderView sender)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(owner);
        if (Pending >= _options.MaxPending || _pendingOctets >= _options.MaxPendingOctets)
        {
            return Unavailable("too many messages wait to be stored");
        }

        // Ends with the answer; the reader notes it with the message, for the link from the trace of its retrieval.
        var activity = EdgeTelemetry.Source.StartActivity("store", ActivityKind.Consumer);
        if (_reader.Read(transaction.Request, sender, _loop.Now, out var request) is { } refusal)
        {
            activity?.SetTag("sip.response.status_code", refusal.Status);
            activity?.Dispose();
            return refusal;
        }

        Tag(activity, request!, transaction.Request.Body.Length);
        var body = _reader.IsInline(transaction.Request) ? default : transaction.Request.Body.Memory;
        _ = StoreAsync(transaction, owner, request!, body, _loop.Timestamp, activity);
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static void Tag(Activity? activity, DepositRequest request, int bodyOctets)
    {
        if (activity is null)
        {
            return;
        }

        activity.SetTag("messaging.system", "sip-deferred");
        activity.SetTag("messaging.operation.name", "store");
        activity.SetTag("messaging.destination.template", "mailbox/{user}");
        activity.SetTag("messaging.message.conversation_id", request.Content.CallId);
        activity.SetTag("messaging.message.body.size", bodyOctets);
    }

    private async Task StoreAsync(
        SipServerTransaction transaction, Account owner, DepositRequest request, ReadOnlyMemory<byte> body, long startedAt, Activity? activity)
    {
        Pending++;
        var octets = request.Content.Octets.Length + body.Length;
        _pendingOctets += octets;
        var outcome = DepositOutcome.None;
        try
        {
            var mailbox = _grains.GetGrain<IUserMailbox>(owner.Mailbox.Value);
            outcome = body.IsEmpty
                ? (await mailbox.DepositAsync(request)).Outcome
                : await StoreWithBodyAsync(mailbox, owner.Mailbox.Value, request, body);
        }
#pragma warning disable CA1031 // Whatever fails below must not leave a sender without an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogDepositFailed(failure);
        }

        Pending--;
        _pendingOctets -= octets;
        try
        {
            Answer(transaction, outcome);
        }
#pragma warning disable CA1031 // Nobody awaits this: what fails here would be lost unseen.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogAnswerFailed(failure);
        }

        activity?.SetTag("sip.response.status_code", StatusOf(outcome));
        activity?.Dispose();
        _telemetry.DepositEnded(NameOf(outcome), _loop.Time.GetElapsedTime(startedAt));
    }

    private async ValueTask<DepositOutcome> StoreWithBodyAsync(
        IUserMailbox mailbox, string key, DepositRequest request, ReadOnlyMemory<byte> octets)
    {
        using var body = BodyName.CanName(key) ? _bodies.TryBegin() : null;
        if (body is null)
        {
            return DepositOutcome.StoreUnavailable;
        }

        for (var offset = 0; offset < octets.Length; offset += StepOctets)
        {
            await body.CaughtUpAsync();
            body.Write(offset, octets.Span[offset..Math.Min(offset + StepOctets, octets.Length)]);
        }

        _ = await body.SealAsync(octets.Length);
        return (await BodyDeposit.StoreAsync(mailbox, key, request, body, octets.Length)).Outcome;
    }

    private void Answer(SipServerTransaction transaction, DepositOutcome outcome)
    {
        var status = StatusOf(outcome);
        if (status == 401)
        {
            _challenger.Challenge(transaction, DigestVerdict.Repeated);
            return;
        }

        var response = transaction.StartResponse(status).Header(Protocols.Sip.SipHeaderName.Server, _server);
        if (status == 503)
        {
            response.Header(Protocols.Sip.SipHeaderName.RetryAfter, (long)RetryAfter().TotalSeconds);
        }

        transaction.SendResponse();
        if (status >= 300)
        {
            _telemetry.Refused(Protocols.Sip.SipMethod.Message, status);
        }
    }

    // D9: 202, never 200, for what is stored and not delivered (RFC 3428 7).
    private static int StatusOf(DepositOutcome outcome) => outcome switch
    {
        DepositOutcome.Stored or DepositOutcome.AlreadyStored or DepositOutcome.AlreadyHandled => 202,
        DepositOutcome.MailboxFull => 480,
        DepositOutcome.NotKnown => 401,
        _ => 503,
    };

    private static string NameOf(DepositOutcome outcome) => outcome switch
    {
        DepositOutcome.Stored => "stored",
        DepositOutcome.AlreadyStored or DepositOutcome.AlreadyHandled => "repeated",
        DepositOutcome.MailboxFull => "mailbox_full",
        DepositOutcome.NotKnown => "challenged",
        _ => "store_unavailable",
    };

    private Answer Unavailable(string warning) =>
        Answers.Answer.Because(503, warning) with { RetryAfter = RetryAfter() };

    // Spread, so that those who were refused together do not come back together.
    private TimeSpan RetryAfter() =>
        _options.RetryAfter + TimeSpan.FromSeconds(_random.Next((int)_options.RetryAfter.TotalSeconds + 1));
}
