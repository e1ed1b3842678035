using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Networking;
using PosteRestante.SipStack.Scheduling;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Real sockets: Kestrel at one end, the connector at the other, each on a loop thread of its own.</summary>
public sealed class MsrpSocketTests : IAsyncLifetime
{
    private const int Messages = 3000;

    private readonly LoopThread _serverLoop = MakeLoop("server");
    private readonly LoopThread _clientLoop = MakeLoop("client");
    private readonly SocketConnector _connector = new(NullLoggerFactory.Instance);
    private readonly MsrpEndpoint _server;
    private readonly MsrpEndpoint _client;
    private readonly WebApplication _host;

    public MsrpSocketTests()
    {
        _server = Make(_serverLoop, 1);
        _client = Make(_clientLoop, 2);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Run(new MsrpConnectionHandler(_server).OnConnectedAsync)));
        _host = builder.Build();
    }

    private IPEndPoint Address => new(IPAddress.Loopback, new Uri(_host.Urls.Single()).Port);

    public async ValueTask InitializeAsync()
    {
        _serverLoop.Start();
        _clientLoop.Start();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _serverLoop.InvokeAsync(_server.CloseAsync);
        await _clientLoop.InvokeAsync(_client.CloseAsync);
        await _host.DisposeAsync();
        _connector.Dispose();
        await _serverLoop.DisposeAsync();
        await _clientLoop.DisposeAsync();
    }

    [Fact]
    public async Task Messages_OverSockets_ArriveAnsweredAndReported()
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        CountingHandler sent = new();
        sent.Progress = () =>
        {
            if (sent.Acknowledged == Messages && sent.Reported == Messages)
            {
                done.TrySetResult();
            }
        };
        CountingHandler received = new();
        await OpenAsync(sent, received, session =>
        {
            for (int i = 0; i < Messages; i++)
            {
                session.TrySend(new MsrpOutgoingMessage($"msg{i}", "text/plain", new byte[i % 4000])).ShouldBeTrue();
            }
        });

        await done.Task.WaitAsync(TestContext.Current.CancellationToken);

        received.Received.ShouldBe(Messages);
    }

    [Fact]
    public async Task Connection_Reset_EndsTheSession()
    {
        CountingHandler sent = new();
        MsrpSession session = await OnServerAsync(() => _server.TryCreateSession(sent, "127.0.0.1", Address.Port)!);
        await OnServerAsync(() =>
        {
            session.Start(MsrpWorld.Agree(
                session, "m=message 9 TCP/MSRP *\r\na=accept-types:*\r\na=setup:active\r\na=path:msrp://127.0.0.1:9/x;tcp\r\n", SdpSetup.Passive));
            return true;
        });
        using (Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { LingerState = new LingerOption(true, 0) })
        {
            await socket.ConnectAsync(Address, TestContext.Current.CancellationToken);
            await socket.SendAsync(
                Encoding.ASCII.GetBytes($"MSRP tid1 SEND\r\nTo-Path: {session.LocalPath}\r\nFrom-Path: msrp://127.0.0.1:9/x;tcp\r\n"
                    + "Message-ID: msg1\r\n-------tid1$\r\n"),
                TestContext.Current.CancellationToken);
            byte[] answer = new byte[1000];
            int length = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
            Encoding.ASCII.GetString(answer, 0, length).ShouldStartWith("MSRP tid1 200 OK\r\n");
        }

        await sent.Ended.WaitAsync(TestContext.Current.CancellationToken);
        session.Ended.ShouldBe(MsrpSessionEnd.ConnectionLost);
    }

    private async Task OpenAsync(CountingHandler sent, CountingHandler received, Action<MsrpSession> whenStarted)
    {
        MsrpSession to = await _clientLoop.InvokeAsync(() => Task.FromResult(_client.TryCreateSession(received, "127.0.0.1", 9)!));
        MsrpSession from = await OnServerAsync(() => _server.TryCreateSession(sent, "127.0.0.1", Address.Port)!);
        await OnServerAsync(() =>
        {
            from.Start(MsrpWorld.Agree(from, Media(to, "active"), SdpSetup.Passive));
            whenStarted(from);
            return true;
        });
        await _clientLoop.InvokeAsync(() =>
        {
            to.Start(MsrpWorld.Agree(to, Media(from, "passive"), SdpSetup.Active), Address);
            return Task.CompletedTask;
        });
    }

    private Task<T> OnServerAsync<T>(Func<T> function) => _serverLoop.InvokeAsync(() => Task.FromResult(function()));

    private static string Media(MsrpSession session, string setup) =>
        $"m=message 9 TCP/MSRP *\r\na=accept-types:*\r\na=setup:{setup}\r\na=path:{session.LocalPath.Text}\r\n";

    private static LoopThread MakeLoop(string name) =>
        new(name, new LoopOptions(), TimeProvider.System, NullLogger.Instance);

    private MsrpEndpoint Make(LoopThread loop, int seed) => new(
        loop,
        new MsrpOptions(),
        MsrpIdentifiers.FromSeed(seed),
        _connector,
        new MsrpInstruments(new Meter("test")),
        NullLogger<MsrpEndpoint>.Instance);
}
