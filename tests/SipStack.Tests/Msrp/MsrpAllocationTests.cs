using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Scheduling;
using PosteRestante.SipStack.Simulation;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>What a message costs in memory, from SEND over 200 to REPORT, both sides together.</summary>
public sealed class MsrpAllocationTests(ITestOutputHelper output)
{
    private const int Messages = 2000;

    [Fact]
    public void Messages_SentAnsweredAndReported_AllocateLittle()
    {
        SimulatedLoop loop = new();
        MemoryNetwork network = new(loop);
        MsrpEndpoint server = Make(loop, network);
        MsrpEndpoint client = Make(loop, network);
        network.Listen(MsrpWorld.ServerAddress, server.ServeAsync);
        CountingHandler sent = new();
        CountingHandler received = new();
        MsrpSession from = server.TryCreateSession(sent, "10.0.0.2", 2855)!;
        MsrpSession to = client.TryCreateSession(received, "10.0.0.1", 9)!;
        loop.InTurn(() =>
        {
            from.Start(MsrpWorld.Agree(from, Media(to, "active"), SdpSetup.Passive));
            to.Start(MsrpWorld.Agree(to, Media(from, "passive"), SdpSetup.Active), MsrpWorld.ServerAddress);
            return true;
        });
        Send(loop, from, sent, 0);

        MsrpOutgoingMessage[] messages = Make(1);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Send(loop, from, sent, messages);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Messages;

        output.WriteLine($"{each} octets a message, the simulated network included");
        received.Received.ShouldBe(2 * Messages);
        received.Octets.ShouldBe(2L * Messages * 800);
        each.ShouldBeLessThan(700);
    }

    private static void Send(SimulatedLoop loop, MsrpSession session, CountingHandler handler, int round) =>
        Send(loop, session, handler, Make(round));

    private static void Send(SimulatedLoop loop, MsrpSession session, CountingHandler handler, MsrpOutgoingMessage[] messages)
    {
        int until = handler.Reported + messages.Length;
        loop.InTurn(() => Array.TrueForAll(messages, session.TrySend)).ShouldBeTrue();
        loop.RunUntil(() => handler.Reported == until);
    }

    private static MsrpOutgoingMessage[] Make(int round)
    {
        byte[] body = new byte[800];
        return [.. Enumerable.Range(0, Messages).Select(i => new MsrpOutgoingMessage($"round{round}msg{i}", "text/plain", body))];
    }

    private static string Media(MsrpSession session, string setup) =>
        $"m=message 9 TCP/MSRP *\r\na=accept-types:*\r\na=setup:{setup}\r\na=path:{session.LocalPath.Text}\r\n";

    private static MsrpEndpoint Make(EventLoop loop, MemoryNetwork network) => new(
        loop,
        new MsrpOptions(),
        MsrpIdentifiers.FromSeed(1),
        network,
        new MsrpInstruments(new Meter("test")),
        NullLogger<MsrpEndpoint>.Instance);
}
