using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A retrieval whose every step a test decides.</summary>
public sealed class RawRetrieval : IDisposable
{
    private readonly RawSip _sip;
    private readonly string _mark = RawSip.NextMark();
    private SipMessage? _accepted;

    private RawRetrieval(RawSip sip) => _sip = sip;

    /// <summary>The 200 to the INVITE.</summary>
    public SipMessage Accepted => _accepted!;

    /// <summary>The MSRP side.</summary>
    public RawMsrp Msrp { get; private set; } = null!;

    /// <summary>Our MSRP path.</summary>
    public string Path { get; private set; } = string.Empty;

    /// <summary>An offer as the client of 12.1.1 makes it.</summary>
    public static string Offer(
        string path = "msrp://127.0.0.1:9/abcdefghijklmnop;tcp",
        string direction = "a=recvonly",
        string types = "multipart/mixed",
        string wrapped = "message/sipfrag",
        string setup = "active") =>
        $"v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=message 9 TCP/MSRP *\n"
        + $"a=accept-types:{types}\na=accept-wrapped-types:{wrapped}\na=setup:{setup}\na=path:{path}\n{direction}\n";

    /// <summary>Calls the Deferred Messaging Function as a user whom the core vouches for, and connects.</summary>
    /// <param name="service">The service.</param>
    /// <param name="user">The user.</param>
    /// <param name="relay">The URIs of relays before that of the user; empty for a direct path.</param>
    /// <param name="headers">More lines of the INVITE, from the address of this peer.</param>
    /// <param name="wrapped">The types it takes inside containers.</param>
    /// <param name="direction">More lines of its media.</param>
    public static async Task<RawRetrieval> BeginAsync(
        RunningService service,
        string user,
        string relay = "",
        Func<System.Net.IPEndPoint, string>? headers = null,
        string wrapped = "message/sipfrag",
        string direction = "a=recvonly")
    {
        var sip = new RawSip(service.Sip);
        var call = new RawRetrieval(sip) { Path = $"{relay} msrp://127.0.0.1:9/s{RawSip.NextMark()}abcdefgh;tcp".Trim() };
        call._accepted = await sip.ExchangeAsync(sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:{user}@{sip.Local}>\nP-Asserted-Identity: <sip:{user}@example.net>\nContent-Type: application/sdp\n{headers?.Invoke(sip.Local)}",
            Offer(call.Path, direction, wrapped: wrapped),
            $"sip:{user}@example.net",
            call._mark));
        call._accepted.StatusCode.ShouldBe(200, call._accepted.ToString());
        sip.Send(call.InDialog("ACK", 1));
        call.Msrp = await RawMsrp.ConnectAsync(service.Msrp);
        return call;
    }

    /// <summary>Calls with a list of URIs beside the offer (RFC 5366 4), and connects.</summary>
    public static Task<RawRetrieval> BeginListAsync(RunningService service, string user, params IEnumerable<string> uris) =>
        BeginWithAsync(
            service, user, "Require: recipient-list-invite\nContent-Type: multipart/mixed;boundary=b\n", WithList(List(uris)));

    /// <summary>Calls with a body of the test's own that holds the usual offer, and connects.</summary>
    public static async Task<RawRetrieval> BeginWithAsync(RunningService service, string user, string headers, string body)
    {
        var sip = new RawSip(service.Sip);
        var call = new RawRetrieval(sip) { Path = $"msrp://127.0.0.1:9/s{RawSip.NextMark()}abcdefgh;tcp" };
        call._accepted = await sip.ExchangeAsync(sip.Request(
            "INVITE",
            "sip:Deferred@im.example.net",
            $"Contact: <sip:{user}@{sip.Local}>\nP-Asserted-Identity: <sip:{user}@example.net>\n{headers}",
            body.Replace("msrp://127.0.0.1:9/abcdefghijklmnop;tcp", call.Path, StringComparison.Ordinal),
            $"sip:{user}@example.net",
            call._mark));
        call._accepted.StatusCode.ShouldBe(200, call._accepted.ToString());
        sip.Send(call.InDialog("ACK", 1));
        call.Msrp = await RawMsrp.ConnectAsync(service.Msrp);
        return call;
    }

    /// <summary>A flat list.</summary>
    public static string List(IEnumerable<string> uris) =>
        $"<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>{string.Concat(uris.Select(uri => $"<entry uri=\"{uri}\"/>"))}</list></resource-lists>";

    /// <summary>The body of an INVITE: an offer, and a list as it is.</summary>
    public static string WithList(string list, string headers = "Content-Disposition: recipient-list\n", string? offer = null) =>
        $"--b\nContent-Type: application/sdp\n\n{offer ?? Offer()}\n--b\n"
        + $"Content-Type: application/resource-lists+xml\n{headers}\n{list}\n--b--";

    /// <summary>The path of the service, from its answer.</summary>
    public string ServicePath => Accepted.Body.ToString().Split("a=path:")[1].Split("\r\n")[0];

    /// <summary>Opens the session (RFC 4975 5.4).</summary>
    public Task OpenAsync() => Msrp.OpenAsync(ServicePath, Path);

    /// <summary>Takes the next message and answers it.</summary>
    public async Task<string> TakeAsync(int status = 200)
    {
        var frame = await Msrp.ReceiveAsync();
        await Msrp.SendAsync(RawMsrp.Answer(frame, status));
        return frame;
    }

    /// <summary>Waits for the service's BYE and answers it.</summary>
    public async Task<SipMessage> TakeByeAsync()
    {
        while (true)
        {
            var message = await _sip.ReceiveAsync();
            if (message.Method == SipMethod.Bye && message.IsRequest)
            {
                _sip.Accept(message);
                return message;
            }

            if (message.StatusCode == 200 && message.CSeq.Method == SipMethod.Invite)
            {
                _sip.Send(InDialog("ACK", 1)); // the first was lost (RFC 3261 13.2.2.4); before it there is no BYE
            }
        }
    }

    /// <summary>Sends a re-INVITE, and the ACK of its 200.</summary>
    public async Task<SipMessage> ReInviteAsync(int sequence, string headers, string body)
    {
        var answer = await ExchangeAsync("INVITE", sequence, $"Contact: <sip:caller@{_sip.Local}>\n{headers}", body);
        if (answer.StatusCode == 200)
        {
            _sip.Send(InDialog("ACK", sequence));
        }

        return answer;
    }

    /// <summary>Waits for a re-INVITE of the service, accepts it, and takes the ACK.</summary>
    public async Task<SipMessage> TakeReInviteAsync(string headers, string body)
    {
        var refresh = await NextRequestAsync(SipMethod.Invite);
        _sip.Accept(refresh, $"Contact: <sip:caller@{_sip.Local}>\n{headers}", body);
        await NextRequestAsync(SipMethod.Ack);
        return refresh;
    }

    /// <summary>Sends a request within the dialog and waits for its final response.</summary>
    public Task<SipMessage> ExchangeAsync(string method, int sequence, string headers = "", string body = "") =>
        _sip.ExchangeAsync(InDialog(method, sequence, headers, body));

    /// <inheritdoc/>
    public void Dispose()
    {
        Msrp?.Dispose();
        _sip.Dispose();
    }

    private async Task<SipMessage> NextRequestAsync(SipMethod method)
    {
        while (true)
        {
            var message = await _sip.ReceiveAsync();
            if (message.IsRequest && message.Method == method)
            {
                return message;
            }
        }
    }

    private string InDialog(string method, int sequence, string headers = "", string body = "") =>
        _sip.Request(method, Accepted.GetText(SipHeaderName.Contact)!.Split('<', '>')[1], headers, body, mark: _mark)
            .Replace($"CSeq: 1 {method}", $"CSeq: {sequence} {method}", StringComparison.Ordinal)
            .Split('\n')
            .Select(line => line.StartsWith("To: ", StringComparison.Ordinal) ? $"To: {HeaderOf("To")}"
                : line.StartsWith("From: ", StringComparison.Ordinal) ? $"From: {HeaderOf("From")}" : line)
            .Aggregate((all, line) => all + "\n" + line);

    private string HeaderOf(string name) =>
        Accepted.TryGet(System.Text.Encoding.ASCII.GetBytes(name), out var value) ? value.ToString() : string.Empty;
}
