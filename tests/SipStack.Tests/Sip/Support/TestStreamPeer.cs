using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Connections;
using PosteRestante.Protocols.Sip;
using PosteRestante.Protocols.Sip.Parsing;
using PosteRestante.SipStack.Simulation;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>A peer that listens for raw streams.</summary>
internal sealed class TestStreamPeer : IDisposable
{
    private readonly MemoryNetwork _network;
    private readonly IPEndPoint _local;
    private ConnectionContext? _last;

    public TestStreamPeer(MemoryNetwork network, IPEndPoint local)
    {
        _network = network;
        _local = local;
        network.Listen(local, ServeAsync);
    }

    public int Connections { get; private set; }

    public List<SipMessage> Received { get; } = [];

    public void Send(string message) => Write(_last!, Encoding.UTF8.GetBytes(message));

    public void Cut() => _network.Cut(_local, (IPEndPoint)_last!.RemoteEndPoint!);

    public void Dispose() => _network.StopListening(_local);

    private static void Write(ConnectionContext connection, byte[] octets)
    {
        connection.Transport.Output.Write(octets);
        _ = connection.Transport.Output.FlushAsync().AsTask();
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        Connections++;
        _last = connection;
        var framer = new SipFramer(new SipParserOptions());
        try
        {
            while (true)
            {
                var result = await connection.Transport.Input.ReadAsync();
                if (result.IsCompleted || result.IsCanceled)
                {
                    return;
                }

                connection.Transport.Input.AdvanceTo(Read(framer, result.Buffer), result.Buffer.End);
            }
        }
        catch (IOException)
        {
            // The test cut it.
        }
    }

    private SequencePosition Read(SipFramer framer, ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var frame = framer.Read(buffer);
            if (frame.Status != SipFrameStatus.Message)
            {
                return frame.Consumed;
            }

            Received.Add(TestMessages.Parse(frame.Octets.ToArray()));
            buffer = buffer.Slice(frame.Consumed);
        }
    }
}
