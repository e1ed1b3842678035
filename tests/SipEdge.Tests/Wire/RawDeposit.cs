using System.Text;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A session that brings large messages, whose every step a test decides.</summary>
public sealed class RawDeposit : IDisposable
{
    private readonly RawSip _sip;
    private readonly string _mark = RawSip.NextMark();
    private SipMessage? _accepted;

    private RawDeposit(RawSip sip) => _sip = sip;

    /// <summary>The 200 to the INVITE.</summary>
    public SipMessage Accepted => _accepted!;

    /// <summary>The MSRP side.</summary>
    public RawMsrp Msrp { get; private set; } = null!;

    /// <summary>Our MSRP path.</summary>
    public string Path { get; private set; } = string.Empty;

    /// <summary>The Call-ID.</summary>
    public string CallId => $"{_mark}@test";

    /// <summary>The path of the service, from its answer.</summary>
    public string ServicePath => Accepted.Body.ToString().Split("a=path:")[1].Split("\r\n")[0];

    /// <summary>An offer of a sender.</summary>
    public static string Offer(string path = "msrp://127.0.0.1:9/abcdefghijklmnop;tcp", string direction = "a=sendonly", string setup = "active") =>
        RawRetrieval.Offer(path, direction, types: "*", setup: setup);

    /// <summary>Calls a user, whom the core vouches for as alice, and connects.</summary>
    public static async Task<RawDeposit> BeginAsync(RunningService service, string user, string headers = "", string from = "sip:alice@example.net")
    {
        var sip = new RawSip(service.Sip);
        var call = new RawDeposit(sip) { Path = $"msrp://127.0.0.1:9/s{RawSip.NextMark()}abcdefgh;tcp" };
        call._accepted = await sip.ExchangeAsync(sip.Request(
            "INVITE",
            $"sip:{user}@example.net",
            $"Contact: <sip:alice@{sip.Local}>\nP-Asserted-Identity: <{from}>\nContent-Type: application/sdp\n{headers}",
            Offer(call.Path),
            from,
            call._mark));
        call._accepted.StatusCode.ShouldBe(200, call._accepted.ToString());
        sip.Send(call.InDialog("ACK", 1));
        call.Msrp = await RawMsrp.ConnectAsync(service.Msrp);
        return call;
    }

    /// <summary>Calls and opens the session.</summary>
    public static async Task<RawDeposit> OpenAsync(RunningService service, string user, string headers = "")
    {
        var call = await BeginAsync(service, user, headers);
        await call.Msrp.OpenAsync(call.ServicePath, call.Path);
        return call;
    }

    /// <summary>A chunk.</summary>
    public string Chunk(
        string transaction, string messageId, string range, string body, char flag = '$', string type = "text/plain", string headers = "") =>
        $"MSRP {transaction} SEND\nTo-Path: {ServicePath}\nFrom-Path: {Path}\nMessage-ID: {messageId}\nByte-Range: {range}\n{headers}Content-Type: {type}\n\n{body}\n-------{transaction}{flag}\n";

    /// <summary>Sends a chunk and takes its answer's status.</summary>
    public async Task<int> SendAsync(
        string transaction, string messageId, string range, string body, char flag = '$', string type = "text/plain", string headers = "")
    {
        await Msrp.SendAsync(Chunk(transaction, messageId, range, body, flag, type, headers));
        return await AnswerAsync(transaction);
    }

    /// <summary>The status of the answer that comes next, which must be to this transaction.</summary>
    public async Task<int> AnswerAsync(string transaction)
    {
        var answer = await Msrp.ReceiveAsync();
        answer.ShouldStartWith($"MSRP {transaction} ");
        return int.Parse(answer.Split(' ')[2][..3], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Sends a re-INVITE, and the ACK of its 200.</summary>
    public async Task<SipMessage> ReInviteAsync(int sequence, string headers, string body)
    {
        var answer = await _sip.ExchangeAsync(InDialog("INVITE", sequence, $"Contact: <sip:alice@{_sip.Local}>\n{headers}", body));
        if (answer.StatusCode == 200)
        {
            _sip.Send(InDialog("ACK", sequence));
        }

        return answer;
    }

    /// <summary>Ends the session.</summary>
    public async Task ByeAsync(string headers = "", int sequence = 2) => (await _sip.ExchangeAsync(InDialog("BYE", sequence, headers))).StatusCode.ShouldBe(200);

    /// <summary>Waits for the service's BYE and answers it.</summary>
    public async Task TakeByeAsync()
    {
        while (true)
        {
            var message = await _sip.ReceiveAsync();
            if (message.IsRequest && message.Method == SipMethod.Bye)
            {
                _sip.Accept(message);
                return;
            }

            _sip.Send(InDialog("ACK", 1)); // the first was lost
        }
    }

    /// <summary>Text of a length.</summary>
    public static string Text(int length, char first = 'a') =>
        string.Create(length, first, static (text, first) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = (char)('a' + ((first - 'a' + (i * 7 / 3)) % 26));
            }
        });

    /// <summary>The octets of a text.</summary>
    public static byte[] Octets(string text) => Encoding.ASCII.GetBytes(text);

    /// <inheritdoc/>
    public void Dispose()
    {
        Msrp?.Dispose();
        _sip.Dispose();
    }

    private string InDialog(string method, int sequence, string headers = "", string body = "") =>
        _sip.Request(method, Accepted.GetText(SipHeaderName.Contact)!.Split('<', '>')[1], headers, body, mark: _mark)
            .Replace($"CSeq: 1 {method}", $"CSeq: {sequence} {method}", StringComparison.Ordinal)
            .Split('\n')
            .Select(line => line.StartsWith("To: ", StringComparison.Ordinal) ? $"To: {Accepted.GetText(SipHeaderName.To)}"
                : line.StartsWith("From: ", StringComparison.Ordinal) ? $"From: {Accepted.GetText(SipHeaderName.From)}" : line)
            .Aggregate((all, line) => all + "\n" + line);
}
