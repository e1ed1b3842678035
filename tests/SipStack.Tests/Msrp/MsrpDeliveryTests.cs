using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.SipStack.Simulation;
using PosteRestante.TestKit;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Two endpoints of ours with each other.</summary>
public sealed class MsrpDeliveryTests
{
    [Theory]
    [InlineData(1, 65_536)]
    [InlineData(2, 700)]
    [InlineData(3, 61)]
    [Requirement("DM-12.2.2.5-1", "D12")]
    public void Messages_Sent_ArriveWholeInOrderAnsweredAndReported(int seed, int maxPiece)
    {
        MsrpWorld world = new(seed, network: new MemoryNetworkOptions { MaxPiece = maxPiece, MaxDelay = TimeSpan.FromMilliseconds(2) });
        (MsrpSession server, _) = world.Pair("sendonly", "recvonly");
        byte[][] bodies = [.. Enumerable.Range(0, 100).Select(i => Body(i, i % 10 == 9 ? 5000 : 40 * (i % 60)))];
        Send(world, server, bodies);

        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == bodies.Length);

        world.ClientHandler.Received.Select(message => message.Body).ShouldBe(bodies);
        world.ServerHandler.Outcomes.ShouldAllBe(outcome => outcome.IsAcknowledged);
        world.ServerHandler.Sent.Select(sent => sent.Message.MessageId).ShouldBe(Enumerable.Range(0, 100).Select(Id));
        world.ServerHandler.Reports.ShouldAllBe(report => report.Status.IsSuccess);
        server.AwaitedReports.ShouldBe(0);
        server.UnansweredRequests.ShouldBe(0);
        world.ClientWire.Sent.Count(frame => frame.IsSend).ShouldBe(1, "the first SEND of the active side");
    }

    [Fact]
    public void Session_OfBothSides_IsEstablishedByTheFirstSend()
    {
        MsrpWorld world = new();
        (MsrpSession server, MsrpSession client) = world.Pair();

        world.Loop.RunUntil(() => client.IsEstablished);

        server.IsEstablished.ShouldBeTrue();
        world.ClientWire.Sent[0].IsSend.ShouldBeTrue();
        world.ClientWire.Sent[0].Range.ShouldBe(MsrpByteRange.Empty);
        world.ServerWire.Sent[0].Status.ShouldBe(200);
        world.ServerHandler.Events.ShouldBe(["established"]);
        world.ClientHandler.Events.ShouldBe(["established"]);
    }

    [Fact]
    public void Messages_QueuedBeforeThePeerCame_WaitForItsFirstSend()
    {
        MsrpWorld world = new();
        MsrpSession session = world.Serve();
        Send(world, session, [Body(0, 10)]);
        RawPeer peer = world.Connect();
        world.Loop.RunUntilIdle();
        peer.Frames.ShouldBeEmpty();

        peer.Path = session.LocalPath.Text;
        peer.Send("frst", "msg0", body: null);
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.Frames[0].Status.ShouldBe(200);
        peer.Frames[1].Body.ShouldBe(Body(0, 10));
    }

    [Fact]
    public void LargeMessages_InBothDirections_AreInterruptedForAnswersAndArriveWhole()
    {
        MsrpWorld world = new(5);
        (MsrpSession server, MsrpSession client) = world.Pair();
        byte[] large = Body(1, 1_000_000);
        byte[] other = Body(2, 700_000);
        Send(world, server, [large]);
        Send(world, client, [other, Body(3, 50), Body(4, 50)]);

        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == 1 && world.ClientHandler.Reports.Count == 3);

        world.ClientHandler.Received.ShouldHaveSingleItem().Body.ShouldBe(large);
        world.ServerHandler.Received[0].Body.ShouldBe(other);
        WireFrame[] chunks = [.. world.ServerWire.Sent.Where(frame => frame.IsSend)];
        chunks.Length.ShouldBeGreaterThan(1, "answers interrupt a chunk");
        chunks.ShouldAllBe(chunk => chunk.Range!.Value.Total == large.Length);
        chunks.ShouldAllBe(chunk => chunk.Body.Length <= 2048 || chunk.Range!.Value.End == null);
        chunks[..^1].ShouldAllBe(chunk => chunk.Flag == MsrpFlag.More);
        chunks[^1].Flag.ShouldBe(MsrpFlag.Complete);
        world.ServerHandler.Outcomes.ShouldHaveSingleItem().IsAcknowledged.ShouldBeTrue();
    }

    [Fact]
    public void ManySmallMessages_GoOutTogether()
    {
        MsrpWorld world = new();
        (MsrpSession server, _) = world.Pair();
        world.Loop.RunUntil(() => server.IsEstablished);
        int before = world.ServerWire.Writes;

        Send(world, server, [.. Enumerable.Range(0, 64).Select(i => Body(i, 300))]);
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 64);

        (world.ServerWire.Writes - before).ShouldBe(1);
    }

    [Fact]
    public void Message_ReadInPieces_IsSentInChunksAndArrivesWhole()
    {
        MsrpWorld world = new();
        (MsrpSession server, _) = world.Pair();
        byte[] body = Body(7, 10_000);
        MsrpOutgoingMessage message = new("pieces01", "text/plain", body.Length, async offset =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(3), world.Loop.Time);
            return body.AsMemory((int)offset, Math.Min(3000, body.Length - (int)offset));
        });
        world.Loop.InTurn(() => server.TrySend(message)).ShouldBeTrue();

        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == 1);

        world.ClientHandler.Received.ShouldHaveSingleItem().Body.ShouldBe(body);
        world.ServerWire.Sent.Count(frame => frame.IsSend).ShouldBe(4);
    }

    [Fact]
    public void Message_WhoseBodyCannotBeRead_IsNotSentAndTheNextIs()
    {
        MsrpWorld world = new();
        (MsrpSession server, _) = world.Pair();
        MsrpOutgoingMessage broken = new("broken01", "text/plain", 10, async _ =>
        {
            await Task.Yield();
            throw new IOException("gone");
        });
        world.Loop.InTurn(() => server.TrySend(broken)).ShouldBeTrue();
        Send(world, server, [Body(1, 10)]);

        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == 1);

        world.ServerHandler.Outcomes.Select(outcome => outcome.Kind)
            .ShouldBe([MsrpSendOutcomeKind.NotSent, MsrpSendOutcomeKind.Acknowledged]);
    }

    [Fact]
    public void Message_WithItsOwnEndLineInTheBody_ArrivesWhole()
    {
        // The ids of a seed are known beforehand, so the body can hold the end-line that would be taken next.
        MsrpWorld probe = new(9);
        (MsrpSession first, _) = probe.Pair();
        Send(probe, first, [Body(0, 10)]);
        probe.Loop.RunUntil(() => probe.ServerHandler.Sent.Count == 1);
        string next = probe.ServerWire.Sent.Single(frame => frame.IsSend).TransactionId;

        MsrpWorld world = new(9);
        (MsrpSession server, _) = world.Pair();
        byte[] body = System.Text.Encoding.ASCII.GetBytes($"a\r\n-------{next}$\r\nb");
        Send(world, server, [body]);
        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == 1);

        world.ServerWire.Sent.Single(frame => frame.IsSend).TransactionId.ShouldNotBe(next);
        world.ClientHandler.Received.ShouldHaveSingleItem().Body.ShouldBe(body);
    }

    [Fact]
    public void SendAsync_EndsWithTheOutcome()
    {
        MsrpWorld world = new();
        (MsrpSession server, _) = world.Pair();

        MsrpSendOutcome outcome = world.Loop.Complete(() => server.SendAsync(Message(1, Body(1, 10))));

        outcome.ShouldBe(new MsrpSendOutcome(MsrpSendOutcomeKind.Acknowledged, 200));
        world.Loop.InTurn(() =>
        {
            server.Close();
            return true;
        });
        world.Loop.Complete(() => server.SendAsync(Message(2, Body(2, 10)))).Kind.ShouldBe(MsrpSendOutcomeKind.NotSent);
    }

    [Fact]
    public void Close_OfOneSide_FlushesAndEndsTheOther()
    {
        MsrpWorld world = new();
        (MsrpSession server, MsrpSession client) = world.Pair();
        Send(world, server, [Body(1, 10)]);
        world.ClientHandler.Safe = () =>
        {
            // Closing in the very turn in which the last answer is owed: it still goes out.
            world.Loop.Post(static session => ((MsrpSession)session!).Close(), client);
            return new ValueTask<int>(MsrpStatusCode.Ok);
        };

        world.Loop.RunUntil(() => world.ServerHandler.End is not null);

        world.ServerHandler.Events.ShouldBe(["established", "sent msg0 Acknowledged 200", "report msg0 200", "ended ConnectionLost"]);
        world.ClientHandler.End.ShouldBe(MsrpSessionEnd.Closed);
        world.Server.Sessions.ShouldBe(0);
        world.Loop.RunUntil(() => world.Server.Connections == 0 && world.Client.Connections == 0);
    }

    [Fact]
    public void Endpoint_Closed_EndsItsSessionsAndTakesNoMore()
    {
        MsrpWorld world = new();
        (MsrpSession server, _) = world.Pair();
        world.Loop.RunUntil(() => server.IsEstablished);

        world.Loop.Complete(world.Server.CloseAsync);

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.Closed);
        world.Server.TryCreateSession(world.ServerHandler, "10.0.0.2", 2855).ShouldBeNull();
        RawPeer late = world.Connect();
        world.Loop.RunUntil(() => late.IsClosed);
    }

    [Fact]
    public void SeveralSessions_OverOneConnection_DoNotMixTheirBodies()
    {
        MsrpWorld world = new();
        (MsrpSession one, RawPeer peer) = world.Open();
        MsrpSession two = world.Serve();
        peer.Path = two.LocalPath.Text;
        peer.Send("frs2", "msg9", body: null);
        world.Loop.RunUntil(() => peer.Frames.Count == 1);
        byte[][] bodies = [Body(1, 300_000), Body(2, 300_000)];
        world.Loop.InTurn(() => one.TrySend(Message(1, bodies[0])) && two.TrySend(Message(2, bodies[1]))).ShouldBeTrue();

        world.Loop.RunUntil(() => peer.Sends.Count(frame => frame.Flag == MsrpFlag.Complete) == 2);

        foreach ((MsrpSession session, byte[] body) in new[] { (one, bodies[0]), (two, bodies[1]) })
        {
            peer.Sends.Where(frame => frame.FromPath == session.LocalPath.Text).SelectMany(frame => frame.Body).ShouldBe(body);
        }

        peer.Sends.Count().ShouldBeGreaterThan(2, "they take turns");
    }

    private static void Send(MsrpWorld world, MsrpSession session, byte[][] bodies) => world.Loop.InTurn(() =>
    {
        for (int i = 0; i < bodies.Length; i++)
        {
            session.TrySend(Message(i, bodies[i])).ShouldBeTrue();
        }

        return true;
    });

    private static MsrpOutgoingMessage Message(int index, byte[] body) => new(Id(index), "text/plain", body);

    private static string Id(int index) => $"msg{index}";

    private static byte[] Body(int seed, int length)
    {
        byte[] body = new byte[length];
        new Random(seed).NextBytes(body);
        return body;
    }
}
