using System.Net;
using System.Net.Sockets;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A SIP peer over TCP that sends a request as it is given, but for the transport in its Via.</summary>
internal sealed class RawTcpSip : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TcpClient _connection = new() { NoDelay = true };
    private byte[] _read = [];

    public RawTcpSip(IPEndPoint server) => _connection.Connect(server);

    /// <summary>Sends a request and waits for its final response; requests that come meanwhile are left unanswered.</summary>
    public async Task<SipMessage> ExchangeAsync(string request)
    {
        await SendAsync(request);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message.StatusCode >= 200)
            {
                return message;
            }
        }
    }

    /// <summary>Sends a request.</summary>
    public async Task SendAsync(string request) =>
        await _connection.GetStream().WriteAsync(RawSip.Octets(request.Replace("Via: SIP/2.0/UDP", "Via: SIP/2.0/TCP", StringComparison.Ordinal)));

    public void Dispose() => _connection.Dispose();

    private async Task<SipMessage> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var octets = new byte[65536];
        while (true)
        {
            if (TryCut() is { } message)
            {
                return message;
            }

            var length = await _connection.GetStream().ReadAsync(octets, patience.Token);
            length.ShouldBeGreaterThan(0, "the service closed the connection");
            _read = [.. _read, .. octets.AsSpan(0, length)];
        }
    }

    // The service writes Content-Length in every message.
    private SipMessage? TryCut()
    {
        var head = _read.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        if (head < 4)
        {
            return null;
        }

        var message = new SipMessage();
        SipMessageParser.Unlimited.Parse(message, _read[..head]);
        var length = head + Math.Max(0, message.ContentLength);
        if (_read.Length < length)
        {
            return null;
        }

        message = new SipMessage();
        SipMessageParser.Unlimited.Parse(message, _read[..length]).IsParsed.ShouldBeTrue();
        _read = _read[length..];
        return message;
    }
}
