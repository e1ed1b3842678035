using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A SIP peer over UDP that sends exactly the text it is given.</summary>
public sealed class RawSip : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static int _number;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    /// <summary>Binds a port, a free one unless it is given.</summary>
    public RawSip(IPEndPoint server, int port = 0)
    {
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _socket.Connect(server);
    }

    /// <summary>Where this peer is.</summary>
    public IPEndPoint Local => (IPEndPoint)_socket.LocalEndPoint!;

    /// <summary>Whether a datagram waits.</summary>
    public bool HasSomethingToRead => _socket.Available > 0;

    /// <summary>A mark that no other request of this run has.</summary>
    public static string NextMark() => $"t{Environment.ProcessId}x{Interlocked.Increment(ref _number)}";

    /// <summary>
    /// A request with the headers every request has; <paramref name="headers"/> are lines that end in <c>\n</c>.
    /// </summary>
    public string Request(string method, string uri, string headers = "", string body = "", string? from = null, string? mark = null)
    {
        var id = mark ?? NextMark();
        return $"{method} {uri} SIP/2.0\n"
            + $"Via: SIP/2.0/UDP {Local};branch=z9hG4bK{NextMark()};rport\n"
            + $"Max-Forwards: 70\nFrom: <{from ?? "sip:alice@example.net"}>;tag={id}\nTo: <{uri}>\n"
            + $"Call-ID: {id}@test\nCSeq: 1 {method}\n{headers}"
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body.ReplaceLineEndings("\r\n"))}\n\n{body}";
    }

    /// <summary>Sends text, line ends made CRLF.</summary>
    public void Send(string text) => Send(Octets(text));

    /// <summary>Sends octets as they are.</summary>
    public void Send(byte[] octets) => _socket.Send(octets);

    /// <summary>The octets of text, line ends made CRLF.</summary>
    public static byte[] Octets(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>Sends a request and waits for its final response.</summary>
    public async Task<SipMessage> ExchangeAsync(string request)
    {
        Send(request);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.StatusCode >= 200)
            {
                return message;
            }
        }
    }

    /// <summary>The next message that comes.</summary>
    public async Task<SipMessage> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var buffer = new byte[65536];
        var length = await _socket.ReceiveAsync(buffer, patience.Token);
        var message = new SipMessage();
        SipMessageParser.Unlimited.Parse(message, buffer[..length]).IsParsed.ShouldBeTrue(Encoding.UTF8.GetString(buffer, 0, length));
        return message;
    }

    /// <summary>Answers a request with 200.</summary>
    public void Accept(SipMessage request, string headers = "", string body = "")
    {
        var response = new StringBuilder("SIP/2.0 200 OK\n");
        foreach (var header in request.Headers)
        {
            if (header.Name is SipHeaderName.Via or SipHeaderName.From or SipHeaderName.To or SipHeaderName.CallId or SipHeaderName.CSeq)
            {
                response.Append(header.Line.ToString().TrimEnd()).Append('\n');
            }
        }

        Send(response.Append(CultureInfo.InvariantCulture, $"{headers}Content-Length: {Octets(body).Length}\n\n{body}").ToString());
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();
}
