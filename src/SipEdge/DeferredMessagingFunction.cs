using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Answers;
using PosteRestante.SipEdge.Deposit;
using PosteRestante.SipEdge.Deposit.Large;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Publication;
using PosteRestante.SipEdge.Push;
using PosteRestante.SipEdge.Registration;
using PosteRestante.SipEdge.Retrieval;
using PosteRestante.SipEdge.Services;
using PosteRestante.SipEdge.Telemetry;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge;

/// <summary>
/// The Deferred Messaging Function as SIP sees it (DM-12.2-1): what a Request-URI names and what a method does there, in the
/// order of RFC 3261 8.2. Each function is a handler of its own. On the loop.
/// </summary>
public sealed class DeferredMessagingFunction(
    TargetResolver targets,
    Identification identification,
    UnidentifiedSenders unidentified,
    Challenger challenger,
    DepositHandler deposits,
    LargeDepositHandler largeDeposits,
    RetrievalHandler retrievals,
    PublicationHandler publications,
    PushHandler pushes,
    RegistrationHandler registrations,
    AnswerWriter answers,
    EdgeTelemetry telemetry) : ISipUser
{
    // What may stand in Require of an INVITE; the list only in that of a retrieval. 100rel is kept by sending 100 and finals only (RFC 3262 3).
    private static readonly string[] KnownToInvite = ["100rel", Target.Timer, Target.RecipientListInvite];

    /// <summary>Set when the node is leaving: new work is refused, what runs goes on.</summary>
    public bool IsDraining
    {
        get;
        set
        {
            field = value;
            pushes.IsDraining = value;
            largeDeposits.IsDraining = value;
        }
    }

    /// <summary>Deposits, retrievals, publications and pushes that run.</summary>
    public int Running => deposits.Pending + largeDeposits.Sessions + retrievals.Sessions + publications.Pending + pushes.Sessions;

    /// <inheritdoc/>
    public void OnRequest(SipServerTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var request = transaction.Request;
        var target = request.Method != SipMethod.Register ? targets.Resolve(request.RequestUri)
            : registrations.IsOn ? targets.ResolveRegistrar(request)
            : new Target(TargetKind.Service); // 405, whomever it is about
        if (Judge(transaction, target) is { } refusal)
        {
            Answer(transaction, refusal);
        }
        else if (request.Method == SipMethod.Options)
        {
            Answer(transaction, Capabilities(target));
        }
        else if (request.Method == SipMethod.Publish)
        {
            Publish(transaction, target);
        }
        else if (request.Method == SipMethod.Register)
        {
            Register(transaction, target);
        }
        else
        {
            Deposit(transaction, target);
        }
    }

    /// <inheritdoc/>
    public void OnInvite(IncomingInvite invite)
    {
        ArgumentNullException.ThrowIfNull(invite);
        var target = targets.Resolve(invite.Request.RequestUri);
        if (Judge(invite.Transaction, target) is { } refusal)
        {
            Answer(invite.Transaction, refusal);
        }
        else if (target.Kind == TargetKind.User)
        {
            DepositLarge(invite, target);
        }
        else
        {
            Retrieve(invite);
        }
    }

    private void Deposit(SipServerTransaction transaction, Target target)
    {
        var verdict = identification.Judge(transaction.Request, transaction.Flow, out var originator);
        var isTaken = verdict is DigestVerdict.Valid or DigestVerdict.Repeated || (verdict == DigestVerdict.Absent && unidentified.MayDeposit);
        if (!isTaken)
        {
            challenger.Challenge(transaction, verdict);
            return;
        }

        // What was stored with these credentials gets its 202 again, and no challenge: the UAC's next attempt would have the
        // next CSeq (RFC 3261 22.2) and be another message.
        var sender = new SenderView(originator.Identity, originator.Aor, IsRepeat: verdict == DigestVerdict.Repeated);
        var refusal = deposits.Handle(transaction, target.Account!, sender);
        if (refusal is not null)
        {
            Answer(transaction, refusal);
        }
    }

    // RFC 3261 10.3 steps 3 and 4: nobody registers for somebody else.
    private void Register(SipServerTransaction transaction, Target target)
    {
        var verdict = identification.Judge(transaction.Request, transaction.Flow, out var originator);
        if (verdict != DigestVerdict.Valid)
        {
            challenger.Challenge(transaction, verdict);
        }
        else if (originator.Account is not { } owner || owner.Aor != target.Account!.Aor)
        {
            Answer(transaction, Answers.Answer.Because(403, "users register their own address"));
        }
        else if (registrations.Handle(transaction, owner) is { } refusal)
        {
            Answer(transaction, refusal);
        }
    }

    // A session is not repeated as a message is: credentials that were used before prove nothing here.
    private void DepositLarge(IncomingInvite invite, Target target)
    {
        var verdict = identification.Judge(invite.Request, invite.Flow, out var originator);
        if (verdict == DigestVerdict.Valid || (verdict == DigestVerdict.Absent && unidentified.MayDeposit))
        {
            largeDeposits.Handle(invite, target.Account!, new SenderView(originator.Identity, originator.Aor));
        }
        else
        {
            challenger.Challenge(invite.Transaction, verdict);
        }
    }

    // Settings are published by their owner: the one who is authenticated and the one who is addressed are the same.
    private void Publish(SipServerTransaction transaction, Target target)
    {
        var verdict = identification.Judge(transaction.Request, transaction.Flow, out var originator);
        if (verdict != DigestVerdict.Valid)
        {
            challenger.Challenge(transaction, verdict);
        }
        else if (originator.Account is not { } owner || owner.Aor != target.Account!.Aor)
        {
            Answer(transaction, Answers.Answer.Because(403, "settings are published by their owner"));
        }
        else if (!owner.MayRetrieve)
        {
            Answer(transaction, Answers.Answer.Because(403, "you are not allowed to receive deferred messages"));
        }
        else if (publications.Handle(transaction, owner) is { } refusal)
        {
            Answer(transaction, refusal);
        }
    }

    // D15: the mailbox is that of the authenticated originator; no URI in the request chooses another.
    private void Retrieve(IncomingInvite invite)
    {
        var verdict = identification.Judge(invite.Request, invite.Flow, out var originator);
        if (verdict != DigestVerdict.Valid)
        {
            challenger.Challenge(invite.Transaction, verdict);
        }
        else if (originator.Account is not { MayRetrieve: true } owner)
        {
            // DM-12.2.1-1
            Answer(invite.Transaction, Answers.Answer.Because(403, "you are not allowed to retrieve deferred messages"));
        }
        else
        {
            retrievals.Handle(invite, owner);
        }
    }

    // RFC 3261 8.2.1 to 8.2.2.3, as far as the request line and Require go.
    private Answer? Judge(SipServerTransaction transaction, Target target)
    {
        var request = transaction.Request;
        if (IsDraining)
        {
            return Answers.Answer.Because(503, "this node is leaving") with { RetryAfter = TimeSpan.FromSeconds(5) };
        }

        if (target.Kind == TargetKind.UnsupportedScheme)
        {
            return Answers.Answer.Of(416);
        }

        if (request.RequestUri.Scheme == SipUriScheme.Sips && transaction.Flow.Transport != SipTransportKind.Tls && !identification.IsFromTrusted(transaction.Flow))
        {
            // RFC 3261 26.2.2: to the domain it must have come over TLS; within, a core that is trusted may do as it likes.
            return Answers.Answer.Because(403, "a sips address is reached over TLS only");
        }

        if (target.Kind == TargetKind.Unknown)
        {
            return Answers.Answer.Of(404);
        }

        if (!Takes(target, request.Method))
        {
            return Answers.Answer.Of(405) with { Allow = AllowOf(target) };
        }

        return UnsupportedOptions(request, target) is { Length: > 0 } unsupported
            ? Answers.Answer.Of(420) with { Unsupported = unsupported }
            : null;
    }

    private static bool Takes(Target target, SipMethod method) =>
        method == SipMethod.Options
        || (target.Kind == TargetKind.User && (method == SipMethod.Message || method == SipMethod.Publish || method == SipMethod.Invite))
        || (target.Kind == TargetKind.DeferredFunction && method == SipMethod.Invite)
        || target.Kind == TargetKind.Registrar;

    private static string UnsupportedOptions(SipMessage request, Target target)
    {
        if (!request.Contains(SipHeaderName.Require))
        {
            return string.Empty;
        }

        var unsupported = new List<string>();
        foreach (var value in request.GetValues(SipHeaderName.Require))
        {
            var tag = value.ToString();
            var isKnown = request.Method == SipMethod.Invite
                && KnownToInvite.Contains(tag, StringComparer.OrdinalIgnoreCase)
                && (target.Kind == TargetKind.DeferredFunction || !tag.Equals(Target.RecipientListInvite, StringComparison.OrdinalIgnoreCase));
            if (tag.Length > 0 && !isKnown)
            {
                unsupported.Add(tag);
            }
        }

        return string.Join(", ", unsupported);
    }

    // A probe of our host is told of the registrar there.
    private string AllowOf(Target target) => target.Kind is TargetKind.Service or TargetKind.Registrar
        ? new Target(registrations.IsOn ? TargetKind.Registrar : TargetKind.Service).Allow
        : target.Allow;

    private Answer Capabilities(Target target) => Answers.Answer.Of(200) with
    {
        Allow = AllowOf(target),
        AllowEvents = target.Kind == TargetKind.User ? publications.AllowEvents : null,
        Accept = target.Kind switch
        {
            TargetKind.DeferredFunction => RetrievalRequestReader.AcceptedTypes,
            TargetKind.User => "*/*", // RFC 3261 11.2; a message of any type is stored
            _ => null,
        },
        Supported = target.Supported.Length > 0 ? target.Supported : null,
    };

    private void Answer(SipServerTransaction transaction, Answer answer)
    {
        answers.Write(transaction.StartResponse(answer.Status), answer);
        transaction.SendResponse();
        if (answer.Status >= 300)
        {
            telemetry.Refused(transaction.Request.Method, answer.Status);
        }
    }
}
