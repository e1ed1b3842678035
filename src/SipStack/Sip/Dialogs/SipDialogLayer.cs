using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Writing;
using PosteRestante.SipStack.Sip.Authentication;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipStack.Sip.Dialogs;

/// <summary>The dialogs of one stack: hands each request to its dialog, and to the application what belongs to none. On the loop.</summary>
public sealed class SipDialogLayer : ITransactionUser
{
    private readonly SipDialogOptions _options;
    private readonly Dictionary<DialogId, SipDialog> _dialogs = [];

    /// <summary>Creates the layer above the transactions.</summary>
    public SipDialogLayer(SipTransactionLayer transactions, SipDialogOptions options)
    {
        Transactions = transactions;
        _options = options;
        transactions.SetUser(this);
    }

    /// <summary>The application; requests outside dialogs get 503 until it is set.</summary>
    public ISipUser? User { get; set; }

    /// <summary>Where requests inside dialogs go, default back over their flow.</summary>
    public ISipRouter Router { get; set; } = new FlowRouter();

    /// <summary>Dialogs that stand.</summary>
    public int Count => _dialogs.Count;

    internal SipTransactionLayer Transactions { get; }

    internal SipRequestBuilder Requests { get; } = new();

    /// <summary>
    /// Starts a request outside dialogs in the builder that is shared on the loop: From with a new tag, To, a new Call-ID, CSeq 1,
    /// Max-Forwards. It is sent in the same turn.
    /// </summary>
    /// <param name="method">The method.</param>
    /// <param name="target">The Request-URI.</param>
    /// <param name="from">A name-addr.</param>
    /// <param name="to">A name-addr.</param>
    /// <param name="callId">The Call-ID of a sequence of requests, as of REGISTER (10.2.4); null for a new one.</param>
    /// <param name="sequence">The CSeq number.</param>
    public SipRequestBuilder StartRequest(SipMethod method, SipUri target, string from, string to, string? callId = null, uint sequence = 1) =>
        Requests.Start(method, target)
            .From(from, Transactions.Identifiers.NextTag())
            .To(to)
            .CallId(callId ?? Transactions.Identifiers.NextCallId())
            .CSeq(sequence)
            .MaxForwards();

    /// <summary>Sends a request other than INVITE, outside dialogs; a challenge is answered once.</summary>
    /// <param name="request">The request, as <see cref="StartRequest"/> began it.</param>
    /// <param name="destination">The next hop.</param>
    /// <param name="authenticator">Answers a challenge; null for none.</param>
    public async Task<SipClientResult> SendAsync(SipRequestBuilder request, SipDestination destination, ISipAuthenticator? authenticator = null)
    {
        var awaiter = new SipClientAwaiter();
        var transaction = Transactions.Send(request, destination, awaiter);
        var result = await awaiter.Task;
        return result.Response?.StatusCode is 401 or 407
            && authenticator is not null
            && authenticator.TryAuthorize(transaction.Request, result.Response, Requests)
            ? await Transactions.SendAsync(Requests, destination)
            : result;
    }

    /// <summary>Sends an INVITE; it needs a Contact and carries the offer.</summary>
    /// <param name="request">The INVITE, as <see cref="StartRequest"/> began it.</param>
    /// <param name="destination">The next hop.</param>
    /// <param name="user">Whose session it will be.</param>
    /// <param name="authenticator">Answers a challenge; null for none.</param>
    public OutgoingInvite Invite(SipRequestBuilder request, SipDestination destination, ISipDialogUser user, ISipAuthenticator? authenticator = null)
    {
        var invite = new OutgoingInvite(this, destination, user, authenticator);
        invite.Send(request);
        return invite;
    }

    /// <inheritdoc/>
    void ITransactionUser.OnRequest(SipServerTransaction transaction)
    {
        var request = transaction.Request;
        if (!request.To.Tag.IsEmpty)
        {
            if (_dialogs.TryGetValue(DialogId.OfRequest(request, request.To.Tag), out var dialog))
            {
                dialog.OnRequest(transaction);
            }
            else
            {
                transaction.Respond(481); // 12.2.2
            }
        }
        else if (User is null)
        {
            transaction.Respond(503);
        }
        else if (request.Method == SipMethod.Invite)
        {
            OnInvite(User, transaction);
        }
        else if (request.Method == SipMethod.Bye)
        {
            transaction.Respond(481); // 15.1.2: a BYE belongs to a dialog
        }
        else
        {
            User.OnRequest(transaction);
        }
    }

    /// <inheritdoc/>
    void ITransactionUser.OnAck(SipMessage ack, SipFlow flow)
    {
        if (_dialogs.TryGetValue(DialogId.OfRequest(ack, ack.To.Tag), out var dialog))
        {
            dialog.OnAck(ack, flow);
        }
        else
        {
            Transactions.Instruments.MessageDropped(SipDropReason.StrayAck);
        }
    }

    /// <inheritdoc/>
    void ITransactionUser.OnStraySuccess(SipMessage response, SipFlow flow)
    {
        if (_dialogs.TryGetValue(DialogId.OfResponse(response), out var dialog))
        {
            dialog.OnSuccessAgain();
        }
        else
        {
            Transactions.Instruments.MessageDropped(SipDropReason.StrayResponse);
        }
    }

    internal void Add(SipDialog dialog) => _dialogs[dialog.Id] = dialog;

    internal void Remove(SipDialog dialog) => _dialogs.Remove(dialog.Id);

    private void OnInvite(ISipUser user, SipServerTransaction transaction)
    {
        if (_dialogs.Count >= _options.MaxDialogs)
        {
            transaction.StartResponse(503).Header(SipHeaderName.RetryAfter, 1 + Transactions.Identifiers.Next(10));
            transaction.SendResponse();
        }
        else if (DialogRoute.Read(transaction.Request) is { } route)
        {
            user.OnInvite(new IncomingInvite(this, transaction, route));
        }
        else
        {
            transaction.StartResponse(400, "Missing Or Malformed Contact"u8); // 8.1.1.8, 12.1.1
            transaction.SendResponse();
        }
    }
}
