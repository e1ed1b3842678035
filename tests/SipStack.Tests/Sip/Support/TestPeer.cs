using System.Net;
using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Simulation;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>A peer that speaks raw datagrams.</summary>
internal sealed class TestPeer : IDisposable
{
    private readonly MemoryDatagramSocket _socket;

    public TestPeer(MemoryNetwork network, IPEndPoint local)
    {
        _socket = network.Bind(local, (source, octets) =>
        {
            Sources.Add(source);
            Received.Add(TestMessages.Parse(octets));
            OnMessage?.Invoke(Received[^1]);
        });
    }

    public List<SipMessage> Received { get; } = [];

    public List<IPEndPoint> Sources { get; } = [];

    /// <summary>Called for each message.</summary>
    public Action<SipMessage>? OnMessage { get; set; }

    public IEnumerable<int> Statuses => Received.Where(m => !m.IsRequest).Select(m => m.StatusCode);

    public IEnumerable<string> Methods => Received.Where(m => m.IsRequest).Select(m => m.Method.Name);

    public void Send(IPEndPoint to, string message) => _socket.Send(to, Encoding.UTF8.GetBytes(message));

    public void Dispose() => _socket.Dispose();
}
