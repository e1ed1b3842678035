using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Transports;

public sealed class RealSocketTests
{
    private const int Limit = 60_000; // a lost message fails the test instead of stopping the run

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit)]
    public async Task Udp_Message_IsAnsweredAtItsSource()
    {
        await using var stack = new RealStack();
        stack.Application.HandleRequest = t => t.Respond(202);
        var transport = stack.Endpoint.AddUdp(RealStack.AnyPort);
        using var client = new UdpClient(RealStack.AnyPort);

        await client.SendAsync(Octets(Request("MESSAGE", body: "over a socket")), transport.LocalEndPoint, Cancellation);
        var datagram = await client.ReceiveAsync(Cancellation);

        var response = Parse(datagram.Buffer);
        response.StatusCode.ShouldBe(202);
        response.TopVia.Rport.ShouldBe(((IPEndPoint)client.Client.LocalEndPoint!).Port);
        response.TopVia.Received.ToString().ShouldBe("127.0.0.1");
        stack.Application.Requests.Single().Request.Body.ToString().ShouldBe("over a socket");
    }

    [Fact(Timeout = Limit)]
    public async Task Udp_TwoSockets_EachAnswerWhatTheyReceived()
    {
        await using var stack = new RealStack();
        stack.Application.HandleRequest = t => t.Respond(202);
        stack.Endpoint.AddUdp(RealStack.AnyPort);
        var second = stack.Endpoint.AddUdp(RealStack.AnyPort);
        using var client = new UdpClient(RealStack.AnyPort);

        await client.SendAsync(Octets(Request("MESSAGE")), second.LocalEndPoint, Cancellation);

        (await client.ReceiveAsync(Cancellation)).RemoteEndPoint.ShouldBe(second.LocalEndPoint);
    }

    [Fact(Timeout = Limit)]
    public async Task Udp_Dispose_EndsTheReceiveThreads()
    {
        var stack = new RealStack();
        var transport = stack.Endpoint.AddUdp(RealStack.AnyPort);
        await stack.DisposeAsync();

        using var again = new UdpClient(transport.LocalEndPoint); // the port is free
        transport.Send(transport.FindFlow(transport.LocalEndPoint), "x"u8).ShouldBe(SipSendResult.Unreachable);
    }

    [Fact(Timeout = Limit)]
    public async Task Udp_TooLargeADatagram_IsATypedResult()
    {
        await using var stack = new RealStack();
        var transport = stack.Endpoint.AddUdp(RealStack.AnyPort);

        transport.Send(transport.FindFlow(transport.LocalEndPoint), new byte[65_535]).ShouldBe(SipSendResult.TooLarge);
    }

    [Fact(Timeout = Limit)]
    public async Task Tcp_SessionBetweenTwoStacks_StandsAndEnds()
    {
        await using var server = new RealStack();
        await using var client = new RealStack();
        var port = new TaskCompletionSource<StreamTransport>();
        await using var host = await ListenAsync(async connection => await (await port.Task).ServeAsync(connection));
        var listening = host.EndPoint;
        port.SetResult(server.Endpoint.AddStream(SipTransportKind.Tcp, listening, server.Connector));
        client.Endpoint.AddStream(SipTransportKind.Tcp, RealStack.AnyPort, client.Connector);
        var serverSession = new AwaitedSession();
        var clientSession = new AwaitedSession();
        server.Application.HandleInvite = invite =>
        {
            invite.StartAccept($"<sip:server@{listening}>");
            invite.Accept(serverSession);
        };

        var result = await client.Loop.InvokeAsync(async () =>
        {
            var invite = client.Endpoint.Dialogs
                .StartRequest(SipMethod.Invite, SipUri.Parse("sip:server@localhost"), "<sip:client@localhost>", "<sip:server@localhost>")
                .Header(SipHeaderName.Contact, "<sip:client@127.0.0.1>");
            return await client.Endpoint.Dialogs.Invite(invite, new SipDestination(SipTransportKind.Tcp, listening), clientSession).Completion;
        });
        result.IsAccepted.ShouldBeTrue();
        var dialog = await serverSession.Confirmed.Task.WaitAsync(Cancellation);
        (await server.Loop.InvokeAsync(() => dialog.ByeAsync())).IsSuccess.ShouldBeTrue();

        (await serverSession.Ended.Task.WaitAsync(Cancellation)).ShouldBe(SipDialogEnd.OurBye);
        (await clientSession.Ended.Task.WaitAsync(Cancellation)).ShouldBe(SipDialogEnd.PeerBye);
    }

    [Fact(Timeout = Limit)]
    public async Task Tcp_ManyMessagesOnOneConnection_AreAnsweredInOrder()
    {
        const int Count = 2000;
        await using var server = new RealStack();
        server.Application.HandleRequest = t => t.Respond(202);
        var transport = new TaskCompletionSource<StreamTransport>();
        await using var host = await ListenAsync(async connection => await (await transport.Task).ServeAsync(connection));
        transport.SetResult(server.Endpoint.AddStream(SipTransportKind.Tcp, host.EndPoint, server.Connector));
        using var client = new TcpClient();
        await client.ConnectAsync(host.EndPoint, Cancellation);
        await using var stream = client.GetStream();

        var sending = Task.Run(
            async () =>
            {
                for (var i = 0; i < Count; i++)
                {
                    await stream.WriteAsync(Octets(Request("MESSAGE", branch: $"z9hG4bK{i}", callId: $"c{i}", transport: "TCP")), Cancellation);
                }
            },
            Cancellation);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        var callIds = new List<string>();
        while (callIds.Count < Count)
        {
            var line = await reader.ReadLineAsync(Cancellation);
            line.ShouldNotBeNull();
            if (line.StartsWith("Call-ID: ", StringComparison.Ordinal))
            {
                callIds.Add(line[9..]);
            }
        }

        await sending;
        callIds.ShouldBe(Enumerable.Range(0, Count).Select(i => $"c{i}"));
    }

    [Fact(Timeout = Limit)]
    public async Task Tcp_ToAPortWhereNobodyListens_IsUnreachable()
    {
        await using var client = new RealStack();
        client.Endpoint.AddStream(SipTransportKind.Tcp, RealStack.AnyPort, client.Connector);
        using var closed = new Socket(SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(RealStack.AnyPort); // bound, not listening

        var result = await client.Loop.InvokeAsync(() => client.Endpoint.Dialogs.SendAsync(
            client.Endpoint.Dialogs.StartRequest(SipMethod.Options, SipUri.Parse("sip:localhost"), "<sip:a@localhost>", "<sip:b@localhost>"),
            new SipDestination(SipTransportKind.Tcp, (IPEndPoint)closed.LocalEndPoint!)));

        result.Failure.ShouldBe(PosteRestante.SipStack.Sip.Transactions.SipTransactionFailure.Unreachable);
    }

    private static async Task<Listener> ListenAsync(Func<ConnectionContext, Task> serve)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(RealStack.AnyPort, listen => listen.Run(serve)));
        var app = builder.Build();
        await app.StartAsync(Cancellation);
        var address = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        return new Listener(app, new IPEndPoint(IPAddress.Loopback, new Uri(address).Port));
    }

    private sealed record Listener(WebApplication App, IPEndPoint EndPoint) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    private sealed class AwaitedSession : ISipDialogUser
    {
        public TaskCompletionSource<SipDialog> Confirmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<SipDialogEnd> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnConfirmed(SipDialog dialog, SipMessage ack) => Confirmed.TrySetResult(dialog);

        public void OnEnded(SipDialog dialog, SipDialogEnd end) => Ended.TrySetResult(end);
    }
}
