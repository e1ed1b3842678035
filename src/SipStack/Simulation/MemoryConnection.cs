using System.IO.Pipelines;
using System.Net;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Simulation;

/// <summary>A stream of a <see cref="MemoryNetwork"/>: two ends, and a pump for each direction.</summary>
internal sealed class MemoryConnection
{
    private readonly MemoryNetwork _network;
    private int _openPumps = 2;

    public MemoryConnection(MemoryNetwork network, IPEndPoint local, IPEndPoint remote)
    {
        _network = network;
        var scheduler = new LoopPipeScheduler(network.Loop);
        var options = new PipeOptions(readerScheduler: scheduler, writerScheduler: scheduler, useSynchronizationContext: false);
        var (up, down) = (new MemoryStreamPump(network, options), new MemoryStreamPump(network, options));
        Client = new MemoryConnectionContext(this, local, remote, down.Reader, up.Writer);
        Server = new MemoryConnectionContext(this, remote, local, up.Reader, down.Writer);
        _ = RunAsync(up);
        _ = RunAsync(down);
    }

    public MemoryConnectionContext Client { get; }

    public MemoryConnectionContext Server { get; }

    public bool Joins(IPEndPoint a, IPEndPoint b) =>
        (Client.LocalEndPoint!.Equals(a) && Client.RemoteEndPoint!.Equals(b))
        || (Client.LocalEndPoint!.Equals(b) && Client.RemoteEndPoint!.Equals(a));

    /// <summary>Ends both directions at once; what is under way is lost.</summary>
    public void Cut()
    {
        Client.Fail();
        Server.Fail();
        _network.Remove(this);
    }

    private async Task RunAsync(MemoryStreamPump pump)
    {
        await pump.RunAsync();
        if (--_openPumps == 0)
        {
            _network.Remove(this);
        }
    }
}
