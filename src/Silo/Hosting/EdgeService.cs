using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using PosteRestante.Silo.Health;
using PosteRestante.Silo.Listeners;
using PosteRestante.Silo.Shutdown;
using PosteRestante.SipEdge;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Sip;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.Silo.Hosting;

/// <summary>
/// Opens the edge when what it stands on is open, and drains it before anything of that goes away: new requests get 503,
/// what runs may finish until the deadline, then the flows are closed.
/// </summary>
internal sealed partial class EdgeService(
    LoopThread loop,
    SipEndpoint sip,
    MsrpEndpoint msrp,
    DeferredMessagingFunction function,
    QueueAgeAdmission admission,
    IConnectionFactory connector,
    TlsNames secureConnector,
    ListenerSockets sockets,
    SipStreamListener listener,
    SipsStreamListener secureListener,
    Readiness readiness,
    IOptions<ShutdownOptions> shutdown,
    ILogger<EdgeService> logger) : IHostedLifecycleService
{
    // How often a drain looks whether everything has ended; looking costs one turn of the loop.
    private static readonly TimeSpan DrainStep = TimeSpan.FromMilliseconds(10);

    // What a peer that does not read may hold up the closing of its connection.
    private static readonly TimeSpan FlushDeadline = TimeSpan.FromSeconds(1);

    private bool _isOpen;

    /// <summary>Before the TCP listeners: what they hand their connections to.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        loop.Start();
        await loop.InvokeAsync(() =>
        {
            sip.Transactions.Admission = admission;
            sip.Dialogs.User = function;
            listener.Serve(sip.AddStream(SipTransportKind.Tcp, sockets.Sip, connector));

            // Without a listener of its own it can still reach a next hop.
            secureListener.Serve(sip.AddStream(SipTransportKind.Tls, sockets.Sips ?? new IPEndPoint(sockets.Sip.Address, 0), secureConnector));
            return Task.CompletedTask;
        });
    }

    /// <summary>After the TCP listeners: UDP, and with it everything is open.</summary>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        sip.AddUdp(sockets.TakeSipUdp());
        _isOpen = true;
        Show(PartState.Open);
        return Task.CompletedTask;
    }

    /// <summary>Before anything else stops.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            return;
        }

        Show(PartState.Draining);
        await loop.InvokeAsync(DrainAsync);
        await loop.InvokeAsync(CloseAsync);
        Show(PartState.Closed);
    }

    /// <summary>After the TCP listeners, before the grains.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => loop.StopAsync().WaitAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DrainAsync()
    {
        function.IsDraining = true;
        LogDraining(function.Running, shutdown.Value.DrainDeadline);
        var begun = loop.Timestamp;
        while (function.Running > 0 && loop.Time.GetElapsedTime(begun) < shutdown.Value.DrainDeadline)
        {
            await Task.Delay(DrainStep, loop.Time);
        }

        if (function.Running > 0)
        {
            LogDeadlinePassed(function.Running);
        }
    }

    private async Task CloseAsync()
    {
        try
        {
            await msrp.CloseAsync().WaitAsync(FlushDeadline, loop.Time);
        }
        catch (TimeoutException)
        {
            LogMsrpHeldUp(msrp.Connections);
        }

        await sip.DisposeAsync();
    }

    private void Show(PartState state)
    {
        readiness[Part.Sip] = state;
        readiness[Part.Msrp] = state;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Draining: {Running} deposits and retrievals run, new requests get 503, at most {Deadline}.")]
    private partial void LogDraining(int running, TimeSpan deadline);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Running} deposits and retrievals did not end before Shutdown:DrainDeadline; what was not confirmed stays.")]
    private partial void LogDeadlinePassed(int running);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Connections} MSRP connections did not take what was written to them; they are cut.")]
    private partial void LogMsrpHeldUp(int connections);
}
