using System.Globalization;
using Microsoft.Extensions.Options;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Push;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Registration;

/// <summary>
/// The registrar of RFC 3261 10.3 for a service that stands alone, and what pushes ask where a user is. On the loop.
/// </summary>
public sealed class RegistrationHandler : IPushTargets
{
    // How often full tables are swept, so that many refusals do not cost a walk each.
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(1);

    private readonly EventLoop _loop;
    private readonly SipIdentifiers _random;
    private readonly AnswerWriter _answers;
    private readonly RegistrarOptions _options;
    private readonly RegistrationReader _reader;
    private readonly SipDestination? _nextHop;
    private readonly Bindings _bindings = new();
    private DateTimeOffset _sweptAt;

    /// <summary>Creates the handler.</summary>
    public RegistrationHandler(
        EventLoop loop, SipIdentifiers random, AnswerWriter answers, IOptions<RegistrarOptions> options, IOptions<RoutingOptions> routing)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(routing);
        _loop = loop;
        _random = random;
        _answers = answers;
        _options = options.Value;
        _reader = new RegistrationReader(_options);
        _nextHop = NextHop.TryParse(routing.Value.NextHop, out var nextHop) ? nextHop : null;
    }

    /// <summary>Whether REGISTER is taken.</summary>
    public bool IsOn => _options.Enabled && _nextHop is null;

    /// <summary>Bindings that are kept.</summary>
    public int Count => _bindings.Count;

    /// <summary>Registers an authenticated user at his own address.</summary>
    /// <returns>The refusal; null when it was answered with 200.</returns>
    public Answer? Handle(SipServerTransaction transaction, Account owner)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(owner);
        var request = transaction.Request;
        if (_reader.Read(request, out var changes) is { } refusal)
        {
            return refusal;
        }

        var now = _loop.Now;
        var callId = request.CallId.ToString();
        var bindings = _bindings.Of(owner.Aor, now).ToList();
        foreach (var change in changes ?? [.. bindings.Select(static binding => new ContactChange(binding.Contact, 0, string.Empty, TimeSpan.Zero))])
        {
            var known = bindings.FindIndex(binding => binding.Contact == change.Contact);
            if (known >= 0 && bindings[known].CallId == callId && request.CSeq.Number <= bindings[known].Sequence)
            {
                return Answer.Because(500, "a newer REGISTER came before"); // 10.3 step 7: then nothing of it is done
            }

            if (known >= 0)
            {
                bindings.RemoveAt(known);
            }

            if (change.Expires > TimeSpan.Zero)
            {
                bindings.Add(new Binding(
                    change.Contact, change.Priority, change.PriorityText, callId, request.CSeq.Number, transaction.Flow, now + change.Expires));
            }
        }

        if (bindings.Count > _options.MaxBindingsPerUser)
        {
            return _reader.TooMany();
        }

        if (!HasRoom(bindings.Count - _bindings.Of(owner.Aor, now).Count, now))
        {
            return Answer.Because(503, "too many are registered") with { RetryAfter = TimeSpan.FromSeconds(2 + _random.Next(9)) };
        }

        _bindings.Put(owner.Aor, bindings);
        Accept(transaction, owner, now);
        return null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<PushTarget> Find(Account owner, SipFlow source)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(source);
        if (_nextHop is not null)
        {
            return [new PushTarget(_nextHop)];
        }

        var targets = _bindings.Of(owner.Aor, _loop.Now)
            .Select(static binding => new PushTarget(SipDestination.Over(binding.Flow), binding.Contact.ToString()))
            .ToList();
        if (!targets.Exists(target => target.Destination.EndPoint.Equals(source.Remote)))
        {
            targets.Add(new PushTarget(SipDestination.Over(source)));
        }

        return targets;
    }

    private bool HasRoom(int more, DateTimeOffset now)
    {
        if (more > 0 && _bindings.Count + more > _options.MaxBindings && now - _sweptAt >= SweepPause)
        {
            _sweptAt = now;
            _bindings.Sweep(now);
        }

        return more <= 0 || _bindings.Count + more <= _options.MaxBindings;
    }

    // 10.3 step 8: all bindings, each with its lifetime.
    private void Accept(SipServerTransaction transaction, Account owner, DateTimeOffset now)
    {
        var response = transaction.StartResponse(200).Header(SipHeaderName.Server, _answers.Server);
        foreach (var binding in _bindings.Of(owner.Aor, now))
        {
            var q = binding.PriorityText.Length > 0 ? $";q={binding.PriorityText}" : string.Empty;
            response.Header(SipHeaderName.Contact, string.Create(
                CultureInfo.InvariantCulture, $"<{binding.Contact}>{q};expires={(long)Math.Ceiling((binding.ExpiresAt - now).TotalSeconds)}"));
        }

        transaction.SendResponse();
    }
}
