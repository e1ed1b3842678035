using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;

namespace PosteRestante.SipStack.Tests.Sip.Support;

/// <summary>A stack on a loop of its own, with real sockets on the loopback address.</summary>
internal sealed class RealStack : IAsyncDisposable
{
    private readonly Meter _meter = new("test");

    public RealStack()
    {
        Loop = new LoopThread("test", new LoopOptions(), TimeProvider.System, NullLogger.Instance);
        Endpoint = new SipEndpoint(Loop, new SipEndpointOptions(), new SipInstruments(_meter), SipIdentifiers.FromSeed(1), NullLoggerFactory.Instance);
        Endpoint.Dialogs.User = Application;
        Loop.Start();
    }

    public static IPEndPoint AnyPort => new(IPAddress.Loopback, 0);

    public LoopThread Loop { get; }

    public SipEndpoint Endpoint { get; }

    public TestApplication Application { get; } = new();

    public SocketConnector Connector { get; } = new(NullLoggerFactory.Instance);

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync();
        await Loop.DisposeAsync();
        Connector.Dispose();
        _meter.Dispose();
    }
}
