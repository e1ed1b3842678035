using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.TestKit;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>The window of unanswered requests, and peers that vanish, forget or do not read.</summary>
public sealed class MsrpSenderTests
{
    [Fact]
    public void Peer_ThatNeverSendsFirst_FailsTheSession()
    {
        MsrpWorld world = new();
        MsrpSession session = world.Serve();
        OutgoingMessages.Send(world, session, 3);
        RawPeer peer = world.Connect();

        world.Loop.Advance(TimeSpan.FromSeconds(31));

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.NoFirstSend);
        world.ServerHandler.Outcomes.ShouldAllBe(outcome => outcome.Kind == MsrpSendOutcomeKind.NotSent);
        world.ServerHandler.Sent.Count.ShouldBe(3);
        peer.Frames.ShouldBeEmpty();
        world.Loop.Advance(TimeSpan.FromSeconds(10));
        peer.IsClosed.ShouldBeTrue("a connection that binds no session is closed");
        world.Server.Connections.ShouldBe(0);
    }

    [Fact]
    [Requirement("D12")]
    public void Peer_ThatVanishes_LeavesInDoubtWhatWasSentAndUnsentWhatWasNot()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxUnanswered = 3 });
        (MsrpSession session, RawPeer peer) = world.Open();
        OutgoingMessages.Send(world, session, 5);
        world.Loop.RunUntil(() => peer.Sends.Count() == 3);
        peer.Answer(peer.Sends.First());
        world.Loop.RunUntil(() => peer.Sends.Count() == 4);

        peer.Vanish();
        world.Loop.RunUntil(() => world.ServerHandler.End is not null);

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.ConnectionLost);
        world.ServerHandler.Sent.Select(sent => (sent.Message.MessageId, sent.Outcome.Kind)).ShouldBe([
            ("msg0", MsrpSendOutcomeKind.Acknowledged),
            ("msg1", MsrpSendOutcomeKind.InDoubt),
            ("msg2", MsrpSendOutcomeKind.InDoubt),
            ("msg3", MsrpSendOutcomeKind.InDoubt),
            ("msg4", MsrpSendOutcomeKind.NotSent),
        ]);
    }

    [Fact]
    public void Peer_ThatVanishesInTheMiddleOfAMessage_HasNotGotIt()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        peer.IsDeaf = true;
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("large001", "text/plain", new byte[3_000_000])));
        world.Loop.Advance(TimeSpan.FromSeconds(1));

        peer.Vanish();
        world.Loop.RunUntil(() => world.ServerHandler.End is not null);

        world.ServerHandler.Outcomes.ShouldHaveSingleItem().Kind.ShouldBe(MsrpSendOutcomeKind.NotSent);
    }

    [Fact]
    public void Peer_ThatAnswersTwice_CountsOnce()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        OutgoingMessages.Send(world, session, 2);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);
        WireFrame first = peer.Sends.First();

        peer.Answer(first);
        peer.Answer(first);
        peer.Answer(first, 413);
        world.Loop.Advance(TimeSpan.FromSeconds(1));

        world.ServerHandler.Events.ShouldBe(["established", "sent msg0 Acknowledged 200"]);
        session.UnansweredRequests.ShouldBe(1);
    }

    [Fact]
    public void Window_Full_HoldsTheNextMessageBackUntilAnAnswer()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        OutgoingMessages.Send(world, session, 100);
        world.Loop.Advance(TimeSpan.FromSeconds(5));
        peer.Sends.Count().ShouldBe(64);
        session.QueuedMessages.ShouldBe(36);

        // Out of order: the window moves with its oldest request.
        peer.Answer(peer.Sends.ElementAt(1));
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        peer.Sends.Count().ShouldBe(64);
        peer.Answer(peer.Sends.First());
        world.Loop.Advance(TimeSpan.FromSeconds(1));

        peer.Sends.Count().ShouldBe(66);
        peer.Sends.Select(send => send.MessageId).ShouldBe(Enumerable.Range(0, 66).Select(i => $"msg{i}"));
    }

    [Fact]
    public void Queue_Full_RefusesTheMessageAtOnce()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxQueuedMessages = 2 });
        MsrpSession session = world.Serve();

        world.Loop.InTurn(() => Enumerable.Range(0, 3).Select(i => session.TrySend(OutgoingMessages.Message(i))).ToList()).ShouldBe([true, true, false]);
    }

    [Fact]
    public void Peer_ThatAnswersNothing_CountsAsGone()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxUnanswered = 2 });
        (MsrpSession session, RawPeer peer) = world.Open();
        OutgoingMessages.Send(world, session, 3);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);

        world.Loop.Advance(TimeSpan.FromSeconds(29));
        world.ServerHandler.End.ShouldBeNull();
        world.Loop.Advance(TimeSpan.FromSeconds(2));

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.PeerSilent);
        world.ServerHandler.Outcomes.Select(outcome => outcome.Kind).ShouldBe([
            MsrpSendOutcomeKind.InDoubt, MsrpSendOutcomeKind.InDoubt, MsrpSendOutcomeKind.NotSent]);
    }

    [Fact]
    public void Peer_ThatForgetsOneAnswer_LeavesThatMessageInDoubt()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        OutgoingMessages.Send(world, session, 2);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);
        peer.Answer(peer.Sends.Last());

        world.Loop.Advance(TimeSpan.FromSeconds(31));

        world.ServerHandler.Events.ShouldBe(["established", "sent msg1 Acknowledged 200", "sent msg0 InDoubt 0"]);
        session.IsEstablished.ShouldBeTrue();
    }

    [Theory]
    [InlineData(MsrpFailureReport.No)]
    [InlineData(MsrpFailureReport.Partial)]
    public void Message_ThatAsksForNoAnswer_IsWritten(MsrpFailureReport failureReport)
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        world.Loop.InTurn(() => session.TrySend(
            new MsrpOutgoingMessage("msg0", "text/plain", "x"u8.ToArray()) { FailureReport = failureReport, SuccessReport = false }));

        world.Loop.RunUntil(() => peer.Sends.Any());

        world.ServerHandler.Outcomes.ShouldHaveSingleItem().Kind.ShouldBe(MsrpSendOutcomeKind.Written);
        session.UnansweredRequests.ShouldBe(0);
        session.AwaitedReports.ShouldBe(0);
    }

    [Fact]
    public void Peer_ThatDoesNotRead_HoldsTheSenderBackAndIsGivenUp()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        peer.IsDeaf = true;
        long read = 0;
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("large001", "text/plain", 1L << 40, offset =>
        {
            read = offset;
            return new ValueTask<ReadOnlyMemory<byte>>(new byte[10_000]);
        })));

        world.Loop.Advance(TimeSpan.FromSeconds(29));
        read.ShouldBeLessThan(1_000_000);
        world.Loop.Advance(TimeSpan.FromSeconds(60));

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.PeerSilent);
        world.ServerHandler.Outcomes.ShouldHaveSingleItem().Kind.ShouldBe(MsrpSendOutcomeKind.NotSent);
    }

    [Fact]
    public void Owner_ThatClosesInACallback_GetsEveryOutcomeOnce()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        world.ServerHandler.AfterSent = (closing, _) => closing.Close();
        OutgoingMessages.Send(world, session, 3);
        world.Loop.RunUntil(() => peer.Sends.Count() == 3);

        peer.Answer(peer.Sends.First());
        world.Loop.RunUntil(() => peer.IsClosed);

        world.ServerHandler.Events[1..].ShouldBe(["sent msg0 Acknowledged 200", "sent msg1 InDoubt 0", "sent msg2 InDoubt 0", "ended Closed"]);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("sip:a@b.example")]
    [InlineData("a23456789012345678901234567890123")]
    [InlineData("-abc")]
    public void MessageId_ThatIsNoIdent_IsRefused(string id) =>
        Should.Throw<ArgumentException>(() => new MsrpOutgoingMessage(id, "text/plain", default));
}
