using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Text;
using PosteRestante.SipEdge.Tests.Large;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>An MSRP peer that sends exactly the text it is given.</summary>
public sealed class RawMsrp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TcpClient _connection;
    private string _buffered = string.Empty;
    private byte[] _octets = [];
    private int _length;

    private RawMsrp(TcpClient connection)
    {
        _connection = connection;
        _connection.NoDelay = true;
    }

    /// <summary>Speaks over a connection that was accepted.</summary>
    public static RawMsrp Over(TcpClient connection) => new(connection);

    /// <summary>Connects.</summary>
    public static async Task<RawMsrp> ConnectAsync(IPEndPoint server)
    {
        var peer = new RawMsrp(new TcpClient());
        await peer._connection.ConnectAsync(server);
        return peer;
    }

    /// <summary>Sends text, line ends made CRLF.</summary>
    public async Task SendAsync(string text) =>
        await _connection.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    /// <summary>Sends octets as they are, each with a write of its own.</summary>
    public async Task SendSingleOctetsAsync(byte[] octets)
    {
        foreach (var octet in octets)
        {
            await _connection.GetStream().WriteAsync(new[] { octet });
        }
    }

    /// <summary>Opens a session with a SEND without body (RFC 4975 5.4), and takes its 200.</summary>
    public async Task OpenAsync(string toPath, string fromPath)
    {
        await SendAsync($"MSRP open1234 SEND\nTo-Path: {toPath}\nFrom-Path: {fromPath}\nMessage-ID: open5678\nByte-Range: 1-0/0\n-------open1234$\n");
        (await ReceiveAsync()).ShouldStartWith("MSRP open1234 200");
    }

    /// <summary>The next frame, from its start line to its end-line.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var octets = new byte[65536];
        while (true)
        {
            if (TryCut(out var frame))
            {
                return frame;
            }

            var length = await _connection.GetStream().ReadAsync(octets, patience.Token);
            length.ShouldBeGreaterThan(0, "the service closed the connection");
            _buffered += Encoding.Latin1.GetString(octets, 0, length);
        }
    }

    /// <summary>The next SEND with its octets, however many.</summary>
    public async Task<RawChunk> ReceiveChunkAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        if (_buffered.Length > 0)
        {
            (_octets, _length, _buffered) = (Encoding.Latin1.GetBytes(_buffered), _buffered.Length, string.Empty); // what came with the frame before
        }

        while (true)
        {
            if (TryCutChunk(out var chunk))
            {
                return chunk;
            }

            if (_octets.Length - _length < 65536)
            {
                Array.Resize(ref _octets, Math.Max(_octets.Length * 2, 512 * 1024));
            }

            var length = await _connection.GetStream().ReadAsync(_octets.AsMemory(_length), patience.Token);
            length.ShouldBeGreaterThan(0, "the service closed the connection");
            _length += length;
        }
    }

    /// <summary>Ends the connection from this side, after what was sent.</summary>
    public void ShutDown() => _connection.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Whether the service closes the connection, whatever it sends before.</summary>
    public async Task<bool> IsClosedAsync()
    {
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        var octets = new byte[65536];
        try
        {
            while (await _connection.GetStream().ReadAsync(octets, patience.Token) > 0)
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

    /// <summary>The answer to a request frame.</summary>
    public static string Answer(string request, int status)
    {
        var lines = request.Split("\r\n");
        var transaction = lines[0].Split(' ')[1];
        return $"MSRP {transaction} {status} x\nTo-Path: {Field(request, "From-Path")}\nFrom-Path: {Field(request, "To-Path")}\n-------{transaction}$\n";
    }

    /// <summary>The value of a header of a frame.</summary>
    public static string Field(string frame, string name) =>
        frame.Split("\r\n").First(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private bool TryCutChunk([NotNullWhen(true)] out RawChunk? chunk)
    {
        chunk = null;
        var octets = _octets.AsSpan(0, _length);
        var headEnd = octets.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var head = Encoding.Latin1.GetString(octets[..headEnd]);
        var endLine = Encoding.ASCII.GetBytes($"\r\n-------{head.Split(' ')[1]}");
        var length = octets[(headEnd + 4)..].IndexOf(endLine);
        var end = headEnd + 4 + length + endLine.Length;
        if (length < 0 || octets.Length < end + 3)
        {
            return false;
        }

        chunk = new RawChunk(head, octets.Slice(headEnd + 4, length).ToArray(), (char)octets[end]);
        octets[(end + 3)..].CopyTo(octets);
        _length -= end + 3;
        return true;
    }

    private bool TryCut(out string frame)
    {
        frame = string.Empty;
        var lineEnd = _buffered.IndexOf("\r\n", StringComparison.Ordinal);
        if (lineEnd < 0)
        {
            return false;
        }

        var endLine = $"-------{_buffered[..lineEnd].Split(' ')[1]}";
        var end = _buffered.IndexOf(endLine, StringComparison.Ordinal);
        if (end < 0 || _buffered.Length < end + endLine.Length + 3)
        {
            return false;
        }

        frame = _buffered[..(end + endLine.Length + 1)];
        _buffered = _buffered[(end + endLine.Length + 3)..];
        return true;
    }
}
