using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipEdge.Tests.Wire;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>A user agent that publishes and is pushed to, whose every step a test decides.</summary>
public sealed class RawCallee(RunningService service, string user, int port = 0) : IDisposable
{
    private const string Active = "<im-settings><deferred-settings><offline-delivery active=\"true\"/></deferred-settings></im-settings>";

    private readonly RawSip _sip = new(service.Sip, port);
    private readonly string _path = $"msrp://127.0.0.1:9/s{RawSip.NextMark()}abcdefgh;tcp";

    /// <summary>The socket.</summary>
    public RawSip Sip => _sip;

    /// <summary>The address of the user.</summary>
    public string Aor => $"sip:{user}@example.net";

    /// <summary>Sends a message to the user.</summary>
    public async Task DepositAsync(string text)
    {
        using var sender = new RawSip(service.Sip);
        (await sender.ExchangeAsync(sender.Request(
            "MESSAGE", Aor, "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\n", text))).StatusCode.ShouldBe(202);
    }

    /// <summary>Publishes, and gives the answer.</summary>
    public Task<SipMessage> PublishAsync(string headers = "", string body = Active, string? package = "im-settings", string? to = null) =>
        _sip.ExchangeAsync(PublishText(headers, body, package, to));

    /// <summary>A PUBLISH as text.</summary>
    public string PublishText(string headers = "", string body = Active, string? package = "im-settings", string? to = null)
    {
        var type = body.Length > 0 && !headers.Contains("Content-Type", StringComparison.Ordinal)
            ? "Content-Type: application/im-settings+xml\n"
            : string.Empty;
        var named = package is null ? string.Empty : $"Event: {package}\n";
        return _sip.Request("PUBLISH", to ?? Aor, $"P-Asserted-Identity: <{Aor}>\n{named}{headers}{type}", body, Aor);
    }

    /// <summary>Publishes, which must be taken; gives the entity-tag.</summary>
    public async Task<string> PublishedAsync(string headers = "", string body = Active)
    {
        var answer = await PublishAsync(headers, body);
        answer.StatusCode.ShouldBe(200, answer.ToString());
        return answer.GetText(SipHeaderName.SipETag)!;
    }

    /// <summary>Waits for a request of this method; repeats of others are passed over.</summary>
    public async Task<SipMessage> TakeAsync(SipMethod method, Func<SipMessage, bool>? which = null)
    {
        while (true)
        {
            var message = await _sip.ReceiveAsync();
            if (message.IsRequest && message.Method == method && which?.Invoke(message) != false)
            {
                return message;
            }
        }
    }

    /// <summary>Refreshes until that brings a call: the push before may not be over yet, and while it runs nothing starts.</summary>
    public async Task<SipMessage> RefreshedUntilCalledAsync(string tag)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            _sip.Send(PublishText($"SIP-If-Match: {tag}\n", string.Empty));
            _sip.Send(_sip.Request("OPTIONS", Aor));
            for (var answers = 0; answers < 2;)
            {
                var message = await _sip.ReceiveAsync();
                if (message.IsRequest && message.Method == SipMethod.Invite)
                {
                    return message;
                }

                answers += message.IsRequest ? 0 : 1;
            }
        }
    }

    /// <summary>Ends the session from this side, and gives the answer.</summary>
    public Task<SipMessage> ByeAsync(SipMessage invite) => _sip.ExchangeAsync(
        $"BYE {invite.GetText(SipHeaderName.Contact)!.Split('<', '>')[1]} SIP/2.0\n"
        + $"Via: SIP/2.0/UDP {_sip.Local};branch=z9hG4bK{RawSip.NextMark()};rport\nMax-Forwards: 70\n"
        + $"From: {invite.GetText(SipHeaderName.To)};tag=callee\nTo: {invite.GetText(SipHeaderName.From)}\n"
        + $"Call-ID: {invite.CallId}\nCSeq: 1 BYE\nContent-Length: 0\n\n");

    /// <summary>Answers a request; To has this tag, unless the request has one.</summary>
    public void Answer(SipMessage request, int status, string headers = "", string body = "", string tag = "callee")
    {
        var response = new StringBuilder($"SIP/2.0 {status} x\n");
        foreach (var header in request.Headers)
        {
            if (header.Name is SipHeaderName.Via or SipHeaderName.From or SipHeaderName.CallId or SipHeaderName.CSeq)
            {
                response.Append(header.Line.ToString().TrimEnd()).Append('\n');
            }
            else if (header.Name == SipHeaderName.To)
            {
                response.Append(header.Line.ToString().TrimEnd()).Append(request.To.Tag.IsEmpty ? $";tag={tag}\n" : "\n");
            }
        }

        _sip.Send($"{response}{headers}Content-Length: {Encoding.UTF8.GetByteCount(body.ReplaceLineEndings("\r\n"))}\n\n{body}");
    }

    /// <summary>Answers an INVITE with 200 and this description.</summary>
    public void Accept(SipMessage invite, string? description = null, string headers = "", string tag = "callee") => Answer(
        invite,
        200,
        $"Contact: <sip:{user}@{_sip.Local}>\nContent-Type: application/sdp\n{headers}",
        description ?? RawRetrieval.Offer(_path),
        tag);

    /// <summary>An answer in SDP: this side connects.</summary>
    public string Description() => RawRetrieval.Offer(_path);

    /// <summary>Accepts an INVITE, and opens the MSRP session that it offers.</summary>
    public async Task<RawMsrp> AcceptAndOpenAsync(SipMessage invite, string headers = "")
    {
        Accept(invite, headers: headers);
        await TakeAsync(SipMethod.Ack);
        var msrp = await RawMsrp.ConnectAsync(service.Msrp);
        await OpenAsync(msrp, invite);
        return msrp;
    }

    /// <summary>Opens the MSRP session that an INVITE offers. Done once more, it shows that what was sent before has been read.</summary>
    public Task OpenAsync(RawMsrp msrp, SipMessage invite) =>
        msrp.OpenAsync(invite.Body.ToString().Split("a=path:")[1].Split("\r\n")[0], _path);

    /// <summary>Takes the next message that is pushed, and answers it.</summary>
    public static async Task<string> TakeMessageAsync(RawMsrp msrp, int status = 200)
    {
        var frame = await msrp.ReceiveAsync();
        await msrp.SendAsync(RawMsrp.Answer(frame, status));
        return frame;
    }

    /// <summary>Takes the service's BYE and answers it.</summary>
    public async Task<SipMessage> TakeByeAsync()
    {
        var bye = await TakeAsync(SipMethod.Bye);
        _sip.Accept(bye);
        return bye;
    }

    /// <summary>Whether the next thing that comes is an answer to this OPTIONS: nothing else was sent before.</summary>
    public async Task<bool> IsLeftAloneAsync()
    {
        _sip.Send(_sip.Request("OPTIONS", Aor));
        return !(await _sip.ReceiveAsync()).IsRequest;
    }

    /// <inheritdoc/>
    public void Dispose() => _sip.Dispose();
}
