using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.TestKit;

namespace PosteRestante.Interop.Tests.Kamailio;

/// <summary>A SIP element of nothing but a datagram socket: what it receives and sends is seen by the octet.</summary>
internal sealed class UdpPeer : IDisposable
{
    private static readonly string[] Copied = ["Via:", "From:", "Call-ID:", "CSeq:", "Record-Route:"];

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private int _requests;

    public int Port => ((IPEndPoint)_socket.Client.LocalEndPoint!).Port;

    /// <summary>Registers a user at a proxy: here, or where his user agent is.</summary>
    public async Task RegisterAsync(KamailioProxy proxy, string user, string? contact = null)
    {
        await SendAsync(proxy.EndPoint, "REGISTER", "", user, user, $"Contact: <{contact ?? $"sip:{user}@127.0.0.1:{Port}"}>", "Expires: 600");
        (await ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 200");
    }

    /// <summary>Says at a proxy that a user wants what waits for him.</summary>
    public async Task PublishAsync(KamailioProxy proxy, string user)
    {
        const string Settings = "<deferred-settings><offline-delivery active=\"true\"/></deferred-settings>";
        await SendWithBodyAsync(
            Settings, proxy.EndPoint, "PUBLISH", user, user, user, "Event: im-settings", "Content-Type: application/im-settings+xml");
        (await ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 200");
    }

    /// <summary>Sends a request. Users are names of the domain, or <c>name@host</c> of another.</summary>
    public Task SendAsync(IPEndPoint to, string method, string target, string from, string recipient, params string[] headers) =>
        SendWithBodyAsync("", to, method, target, from, recipient, headers);

    /// <summary>Sends text as it is.</summary>
    public async Task SendTextAsync(IPEndPoint to, string text) =>
        await _socket.SendAsync(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")), to);

    private async Task SendWithBodyAsync(
        string body, IPEndPoint to, string method, string target, string from, string recipient, params string[] headers)
    {
        var uri = target.Length > 0 ? AddressOf(target) : $"sip:{KamailioProxy.Domain}";
        var number = ++_requests;
        string[] lines =
        [
            $"{method} {uri} SIP/2.0",
            $"Via: SIP/2.0/UDP 127.0.0.1:{Port};branch=z9hG4bK-{Port}-{number};rport",
            "Max-Forwards: 70",
            $"From: <{AddressOf(from)}>;tag=f{number}",
            $"To: <{AddressOf(recipient)}>",
            $"Call-ID: c{number}-{Port}@127.0.0.1",
            $"CSeq: 1 {method}",
            .. headers,
            $"Content-Length: {body.Length}",
        ];
        await _socket.SendAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n" + body), to);
    }

    /// <summary>The next message that begins so; what comes in between (100, repeats) is passed over.</summary>
    public async Task<string> ReceiveAsync(string beginning)
    {
        using var patience = new CancellationTokenSource(Polling.Patience, TimeProvider.System);
        while (true)
        {
            var text = Encoding.Latin1.GetString((await _socket.ReceiveAsync(patience.Token)).Buffer);
            if (text.StartsWith(beginning, StringComparison.Ordinal) && !text.StartsWith("SIP/2.0 1", StringComparison.Ordinal))
            {
                return text;
            }
        }
    }

    /// <summary>Answers a request that came from a proxy.</summary>
    public async Task AnswerAsync(KamailioProxy proxy, string request, string status)
    {
        var head = request.Split("\r\n\r\n")[0].Split("\r\n");
        string[] lines =
        [
            $"SIP/2.0 {status}",
            .. head.Where(line => Copied.Any(name => line.StartsWith(name, StringComparison.OrdinalIgnoreCase))),
            $"{head.First(line => line.StartsWith("To:", StringComparison.OrdinalIgnoreCase))};tag=t{Port}",
            "Content-Length: 0",
        ];
        await _socket.SendAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines) + "\r\n\r\n"), proxy.EndPoint);
    }

    /// <summary>Whether nothing has arrived that nobody asked for.</summary>
    public bool IsQuiet => _socket.Available == 0;

    public void Dispose() => _socket.Dispose();

    private static string AddressOf(string user) =>
        user.Contains('@', StringComparison.Ordinal) ? $"sip:{user}" : $"sip:{user}@{KamailioProxy.Domain}";
}
