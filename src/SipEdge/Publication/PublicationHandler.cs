using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans;
using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Push;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transactions;

namespace PosteRestante.SipEdge.Publication;

/// <summary>
/// PUBLISH of a user's service settings (RFC 3903 6, Appendix E): keeps them, answers, and then lets each accepted one that is not
/// a removal start a push (DM-12.2.2.2-1). On the loop.
/// </summary>
public sealed partial class PublicationHandler
{
    private readonly EventLoop _loop;
    private readonly IGrainFactory _grains;
    private readonly PublicationTags _tags;
    private readonly PushHandler _pushes;
    private readonly SipIdentifiers _random;
    private readonly AnswerWriter _answers;
    private readonly EdgeTelemetry _telemetry;
    private readonly PublicationOptions _options;
    private readonly PublicationReader _reader;
    private readonly ILogger<PublicationHandler> _logger;

    /// <summary>Creates the handler.</summary>
    public PublicationHandler(
        EventLoop loop,
        IGrainFactory grains,
        PublicationTags tags,
        PushHandler pushes,
        SipIdentifiers random,
        AnswerWriter answers,
        EdgeTelemetry telemetry,
        IOptions<PublicationOptions> options,
        ILogger<PublicationHandler> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        _loop = loop;
        _grains = grains;
        _tags = tags;
        _pushes = pushes;
        _random = random;
        _answers = answers;
        _telemetry = telemetry;
        _options = options.Value;
        _reader = new PublicationReader(_options, tags);
        _logger = logger;
    }

    /// <summary>The event packages, for Allow-Events.</summary>
    public string AllowEvents => _reader.AllowEvents;

    /// <summary>Publications that wait for the store.</summary>
    public int Pending { get; private set; }

    /// <summary>
    /// Begins a publication of its owner. When the result is null, the transaction is answered later; else the caller answers
    /// with it.
    /// </summary>
    public Answer? Handle(SipServerTransaction transaction, Account owner)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(owner);
        if (Pending >= _options.MaxPending)
        {
            return Unavailable();
        }

        var now = _loop.Now;
        if (_reader.Read(transaction.Request, owner.Mailbox.Value, now, out var request) is { } refusal)
        {
            return refusal;
        }

        _ = PublishAsync(transaction, owner, request!, now);
        return null;
    }

    private async Task PublishAsync(SipServerTransaction transaction, Account owner, PublicationRequest request, DateTimeOffset now)
    {
        Pending++;
        var published = new SettingsPublished { Outcome = SettingsOutcome.StoreUnavailable };
        try
        {
            published = await _grains.GetGrain<IServiceSettings>(owner.Mailbox.Value).PublishAsync(request.Settings);
        }
#pragma warning disable CA1031 // Whatever fails below must not leave a client without an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogPublicationFailed(failure);
        }

        Pending--;
        switch (published.Outcome)
        {
            case SettingsOutcome.Taken:
                Accept(transaction, owner, request, now + request.Expires, published);
                break;
            case SettingsOutcome.Stale:
                Refuse(transaction, Answer.Of(412));
                break;
            default:
                Refuse(transaction, Unavailable());
                break;
        }
    }

    // First the 200, then the push: its INVITE must not overtake the answer.
    private void Accept(
        SipServerTransaction transaction, Account owner, PublicationRequest request, DateTimeOffset expiresAt, SettingsPublished published)
    {
        transaction.StartResponse(200)
            .Header(SipHeaderName.Server, _answers.Server)
            .Header(SipHeaderName.Expires, (long)request.Expires.TotalSeconds)
            .Header(SipHeaderName.SipETag, _tags.Create(owner.Mailbox.Value, request.Package, published.Version, expiresAt));
        transaction.SendResponse();
        if (published.IsActive && request.Expires > TimeSpan.Zero)
        {
            _pushes.Start(owner, transaction.Flow);
        }
    }

    private void Refuse(SipServerTransaction transaction, Answer answer)
    {
        _answers.Write(transaction.StartResponse(answer.Status), answer);
        transaction.SendResponse();
        _telemetry.Refused(SipMethod.Publish, answer.Status);
    }

    private Answer Unavailable() =>
        Answer.Because(503, "the settings cannot be kept now") with { RetryAfter = TimeSpan.FromSeconds(2 + _random.Next(9)) };
}
