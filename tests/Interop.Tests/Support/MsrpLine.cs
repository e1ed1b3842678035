using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.TestKit;

namespace PosteRestante.Interop.Tests.Support;

/// <summary>An MSRP connection by the octet: the half of a session that a SIP program has not got.</summary>
internal sealed class MsrpLine : IDisposable
{
    private readonly TcpClient _connection = new();

    public Task ConnectAsync(IPEndPoint service) => _connection.ConnectAsync(service.Address, service.Port);

    public async Task WriteAsync(string text) =>
        await _connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text.ReplaceLineEndings("\r\n")));

    /// <summary>Reads until a text has come so many times.</summary>
    public async Task<string> ReadUntilAsync(string end, int times)
    {
        using var patience = new CancellationTokenSource(Polling.Patience, TimeProvider.System);
        var text = new StringBuilder();
        var octets = new byte[65536];
        while (text.ToString().Split(end).Length <= times)
        {
            var length = await _connection.GetStream().ReadAsync(octets, patience.Token);
            length.ShouldBeGreaterThan(0, $"the connection was closed after: {text}");
            text.Append(Encoding.Latin1.GetString(octets, 0, length));
        }

        return text.ToString();
    }

    public void Dispose() => _connection.Dispose();
}
