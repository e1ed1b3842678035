using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>A SIP peer over TCP or TLS that sends a request as it is given, but for the transport in its Via.</summary>
internal sealed class RawTcpSip : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _connection = new() { NoDelay = true };
    private readonly Stream _stream;
    private byte[] _read = [];

    public RawTcpSip(IPEndPoint server)
    {
        _connection.Connect(server);
        _stream = _connection.GetStream();
    }

    /// <summary>A peer over TLS; the handshake is made with the first octets.</summary>
    public RawTcpSip(IPEndPoint server, SslClientAuthenticationOptions tls)
        : this(server)
    {
        var secure = new SslStream(_stream);
        secure.AuthenticateAsClient(tls);
        _stream = secure;
    }

    /// <summary>The certificate the service showed.</summary>
    public X509Certificate2 Shown => (X509Certificate2)((SslStream)_stream).RemoteCertificate!;

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
        await _stream.WriteAsync(RawSip.Octets(request.Replace(
            "Via: SIP/2.0/UDP", _stream is SslStream ? "Via: SIP/2.0/TLS" : "Via: SIP/2.0/TCP", StringComparison.Ordinal)));

    /// <summary>Whether the service closes the connection, whatever it sends before.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var octets = new byte[65536];
        try
        {
            while (await _stream.ReadAsync(octets, patience.Token) > 0)
            {
                // What it still sends does not matter.
            }

            return true;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _connection.Dispose();
    }

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

            var length = await _stream.ReadAsync(octets, patience.Token);
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
