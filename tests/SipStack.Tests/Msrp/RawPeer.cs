using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>A peer that writes whatever a test wants, and keeps what it gets.</summary>
internal sealed class RawPeer
{
    private readonly SimulatedLoop _loop;
    private readonly ConnectionContext _context;
    private readonly FrameLog _log = new();

    public RawPeer(SimulatedLoop loop, ConnectionContext context)
    {
        _loop = loop;
        _context = context;
        _ = _loop.InTurn(ReadAsync);
    }

    public const string OwnPath = "msrp://10.0.0.1:9/client;tcp";

    /// <summary>The path of the session at the other end.</summary>
    public string Path { get; set; } = "msrp://10.0.0.2:2855/none;tcp";

    public List<WireFrame> Frames => _log.Frames;

    /// <summary>What was sent to this peer with a body.</summary>
    public IEnumerable<WireFrame> Sends => Frames.Where(frame => frame.IsSend);

    /// <summary>The transaction id of the frame that is being read.</summary>
    public string? OpenTransaction => _log.OpenTransaction;

    /// <summary>Whether the other end closed or cut the stream.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>While set, nothing is read.</summary>
    public bool IsDeaf { get; set; }

    public void Write(string octets) => Write(Encoding.Latin1.GetBytes(octets));

    public void Write(byte[] octets) => _ = _loop.InTurn(() => _context.Transport.Output.WriteAsync(octets).AsTask());

    public void Send(string transaction, string messageId, string? body, string? range = null, char flag = '$', string headers = "") =>
        Write(SendText(transaction, messageId, body, range, flag, headers));

    public string SendText(string transaction, string messageId, string? body, string? range = null, char flag = '$', string headers = "")
    {
        string content = body is null ? "" : $"Content-Type: text/plain\r\n\r\n{body}\r\n";
        string rangeLine = range is null ? "" : $"Byte-Range: {range}\r\n";
        return $"MSRP {transaction} SEND\r\nTo-Path: {Path}\r\nFrom-Path: {OwnPath}\r\nMessage-ID: {messageId}\r\n"
            + $"{rangeLine}{headers}{content}-------{transaction}{flag}\r\n";
    }

    public void Answer(WireFrame request, int status = 200) =>
        Write($"MSRP {request.TransactionId} {status} x\r\nTo-Path: {request.FromPath}\r\nFrom-Path: {OwnPath}\r\n-------{request.TransactionId}$\r\n");

    public void Report(WireFrame send, string range, string status = "000 200 OK") =>
        Write($"MSRP rep{send.TransactionId} REPORT\r\nTo-Path: {send.FromPath}\r\nFrom-Path: {OwnPath}\r\nMessage-ID: {send.MessageId}\r\n"
            + $"Byte-Range: {range}\r\nStatus: {status}\r\n-------rep{send.TransactionId}$\r\n");

    /// <summary>The one answer to a request of this peer.</summary>
    public WireFrame AnswerTo(string transaction) =>
        Frames.Where(frame => frame.Status != 0 && frame.TransactionId == transaction).ShouldHaveSingleItem(transaction);

    public void Close() => _ = _loop.InTurn(() => _context.Transport.Output.CompleteAsync().AsTask());

    public void Vanish() => _loop.InTurn(() =>
    {
        _context.Abort();
        return true;
    });

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                ReadResult result = await _context.Transport.Input.ReadAsync();
                await _loop.Enter();
                while (IsDeaf)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(10), _loop.Time);
                }

                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                {
                    _log.Add(segment.Span);
                }

                _context.Transport.Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted || result.IsCanceled)
                {
                    break;
                }
            }
        }
        catch (IOException)
        {
            // The other end cut the stream.
        }

        IsClosed = true;
    }
}
