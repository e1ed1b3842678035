using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Messages of many chunks, read piece by piece.</summary>
public sealed class MsrpLongMessageTests
{
    private static readonly TimeSpan Patience = new MsrpOptions().TransactionTimeout;

    [Fact]
    public void Message_LongerThanAChunk_GoesOutInChunksThatAreNotWaitedFor()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxChunkBytes = 4096 });
        (MsrpSession session, RawPeer peer) = world.Open();
        byte[] body = new byte[10_000];

        Send(world, session, new MsrpOutgoingMessage("long1", "text/plain", body));
        world.Loop.RunUntil(() => peer.Sends.Count() == 3);

        peer.Sends.Select(send => send.Range).ShouldBe(
            [new MsrpByteRange(1, null, 10_000), new MsrpByteRange(4097, null, 10_000), new MsrpByteRange(8193, 10_000, 10_000)]);
        peer.Sends.Select(send => send.Flag).ShouldBe([MsrpFlag.More, MsrpFlag.More, MsrpFlag.Complete]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Body_ThatCannotBeReadToItsEnd_IsAbortedAndTheNextMessageGoes(bool atOnce)
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        TaskCompletionSource<ReadOnlyMemory<byte>> late = new();
        Send(world, session, new MsrpOutgoingMessage("broken1", "text/plain", 10_000, position =>
            position == 0 ? new(new byte[3000]) : atOnce ? default : new(late.Task)));
        OutgoingMessages.Send(world, session, 1);
        world.Loop.RunUntil(() => peer.Sends.Any());
        late.TrySetResult(default);
        world.Loop.RunUntil(() => peer.Sends.Count() == 3);

        WireFrame[] sends = [.. peer.Sends];
        sends.Select(send => (send.MessageId, send.Flag)).ShouldBe(
            [("broken1", MsrpFlag.More), ("broken1", MsrpFlag.Abort), ("msg0", MsrpFlag.Complete)]);
        sends[1].Body.ShouldBeEmpty();
        Array.ForEach(sends, send => peer.Answer(send, send.Flag == MsrpFlag.Abort ? 413 : 200));
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 2);
        world.ServerHandler.Outcomes.Select(outcome => outcome.Kind).ShouldBe([MsrpSendOutcomeKind.NotSent, MsrpSendOutcomeKind.Acknowledged]);
        session.UnansweredRequests.ShouldBe(0);
    }

    [Fact]
    public void Body_ThatCannotBeReadAtAll_IsNotBegun()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, new MsrpOutgoingMessage("broken1", "text/plain", 10_000, _ => default));
        OutgoingMessages.Send(world, session, 1);
        world.Loop.RunUntil(() => peer.Sends.Any());

        peer.Sends.ShouldHaveSingleItem().MessageId.ShouldBe("msg0");
    }

    // What was written first may reach a slow peer long after: each answer gives the next chunk its whole time.
    [Fact]
    public void Peer_ThatAnswersSlowlyButSteadily_IsNotGivenUp()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxChunkBytes = 4096 });
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, new MsrpOutgoingMessage("long1", "text/plain", new byte[16_384]));
        world.Loop.RunUntil(() => peer.Sends.Count() == 4);

        foreach (WireFrame send in peer.Sends.ToArray())
        {
            world.Loop.Advance(Patience * 0.9);
            session.Ended.ShouldBeNull();
            peer.Answer(send);
        }

        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);
        world.ServerHandler.Outcomes.ShouldBe([new MsrpSendOutcome(MsrpSendOutcomeKind.Acknowledged, 200)]);
        session.AnsweredRequests.ShouldBe(4);
    }

    [Fact]
    public void Peer_ThatStopsAnswering_IsGivenUpAfterTheTimeOfOneAnswer()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxChunkBytes = 4096 });
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, new MsrpOutgoingMessage("long1", "text/plain", new byte[16_384]));
        world.Loop.RunUntil(() => peer.Sends.Count() == 4);
        world.Loop.Advance(Patience * 0.9);
        peer.Answer(peer.Sends.First());

        world.Loop.Advance(Patience * 0.9);
        session.Ended.ShouldBeNull();
        world.Loop.Advance(Patience * 0.2);

        session.Ended.ShouldBe(MsrpSessionEnd.PeerSilent);
    }

    private static void Send(MsrpWorld world, MsrpSession session, MsrpOutgoingMessage message) =>
        world.Loop.InTurn(() => session.TrySend(message)).ShouldBeTrue();
}
