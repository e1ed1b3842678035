using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.TestKit;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>What becomes of messages when the peer is not of ours, or does not behave.</summary>
public sealed class MsrpSenderTests
{
    [Fact]
    public void Peer_ThatNeverSendsFirst_FailsTheSession()
    {
        MsrpWorld world = new();
        MsrpSession session = world.Serve();
        Send(world, session, 3);
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
        Send(world, session, 5);
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
        Send(world, session, 2);
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
        Send(world, session, 100);
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

        world.Loop.InTurn(() => Enumerable.Range(0, 3).Select(i => session.TrySend(Message(i))).ToList()).ShouldBe([true, true, false]);
    }

    // RFC 4975 10.5: the message is stopped now, in the middle of its chunk; the next one goes on.
    [Fact]
    public void Peer_ThatAnswers413InTheMiddle_GetsNoMoreOfThatMessage()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("large001", "text/plain", new byte[30_000_000])));
        Send(world, session, 1);
        for (int i = 0; i < 10_000 && peer.OpenTransaction is null; i++)
        {
            world.Loop.Advance(TimeSpan.FromMilliseconds(1));
        }

        string transaction = peer.OpenTransaction!;

        peer.Write($"MSRP {transaction} 413 x\r\nTo-Path: {session.LocalPath}\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------{transaction}$\r\n");
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);

        WireFrame stopped = peer.Sends.First();
        stopped.Flag.ShouldBe(MsrpFlag.Abort);
        stopped.Body.Length.ShouldBeLessThan(30_000_000);
        peer.Sends.Last().MessageId.ShouldBe("msg0");
        world.ServerHandler.Outcomes.ShouldBe([new MsrpSendOutcome(MsrpSendOutcomeKind.Rejected, 413)]);
        session.IsEstablished.ShouldBeTrue();
    }

    [Fact]
    public void Peer_ThatRefusesAMessageWhileItsBodyIsRead_GetsTheNext()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        TaskCompletionSource<ReadOnlyMemory<byte>> late = new();
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage(
            "pieces01", "text/plain", 20, offset => offset == 0 ? new(new byte[10]) : new(late.Task))));
        Send(world, session, 1);
        world.Loop.RunUntil(() => peer.Sends.Any());
        peer.Answer(peer.Sends.First(), 413);
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        peer.Sends.Count().ShouldBe(1);

        late.SetResult(new byte[10]);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);

        peer.Sends.Last().Body.ShouldBe(Encoding.ASCII.GetBytes("body 0"));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(413)]
    [InlineData(423)]
    [InlineData(501)]
    public void Peer_ThatRefusesAMessage_GetsTheOthers(int status)
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 2);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);

        peer.Answer(peer.Sends.First(), status);
        peer.Answer(peer.Sends.Last());
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 2);

        world.ServerHandler.Outcomes.ShouldBe([
            new MsrpSendOutcome(MsrpSendOutcomeKind.Rejected, status), new MsrpSendOutcome(MsrpSendOutcomeKind.Acknowledged, 200)]);
        session.AwaitedReports.ShouldBe(1);
    }

    [Fact]
    public void Peer_ThatAnswers408_LeavesTheMessageInDoubt()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 1);
        world.Loop.RunUntil(() => peer.Sends.Any());

        peer.Answer(peer.Sends.First(), 408);
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);

        world.ServerHandler.Outcomes.ShouldBe([new MsrpSendOutcome(MsrpSendOutcomeKind.InDoubt, 408)]);
    }

    // RFC 4975 10.6: no more of this type; other types still go.
    [Fact]
    public void Peer_ThatAnswers415_GetsNoMoreOfThatType()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 1);
        world.Loop.RunUntil(() => peer.Sends.Any());
        peer.Answer(peer.Sends.First(), 415);
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);

        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("msg1", "TEXT/plain;charset=utf-8", "x"u8.ToArray()))
            && session.TrySend(new MsrpOutgoingMessage("msg2", "text/html", "x"u8.ToArray())));
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);

        peer.Sends.Last().MessageId.ShouldBe("msg2");
        world.ServerHandler.Outcomes.ShouldBe([
            new MsrpSendOutcome(MsrpSendOutcomeKind.Rejected, 415), new MsrpSendOutcome(MsrpSendOutcomeKind.NotSent, 415)]);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(506)]
    public void Peer_ThatKnowsNoSession_EndsIt(int status)
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxUnanswered = 2 });
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 3);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);

        peer.Answer(peer.Sends.First(), status);
        world.Loop.RunUntil(() => world.ServerHandler.End is not null);

        world.ServerHandler.Events[1..].ShouldBe([
            $"sent msg0 NotSent {status}", "sent msg1 InDoubt 0", "sent msg2 NotSent 0", "ended RefusedByPeer"]);
        world.Loop.RunUntil(() => peer.IsClosed);
    }

    [Fact]
    public void Types_ThatWereNotSignalled_AreNotSent()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open(types: "multipart/mixed");
        world.Loop.InTurn(() => session.TrySend(Message(0))
            && session.TrySend(new MsrpOutgoingMessage("msg1", "multipart/mixed;boundary=x", "--x--"u8.ToArray())));

        world.Loop.RunUntil(() => peer.Sends.Any());

        peer.Sends.ShouldHaveSingleItem().MessageId.ShouldBe("msg1");
        world.ServerHandler.Outcomes.ShouldBe([new MsrpSendOutcome(MsrpSendOutcomeKind.NotSent, 415)]);
    }

    [Fact]
    public void Direction_ThatForbidsSending_IsKept()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open(direction: "sendonly");
        Send(world, session, 1);

        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);

        world.ServerHandler.Outcomes.ShouldBe([new MsrpSendOutcome(MsrpSendOutcomeKind.NotSent, 403)]);
        peer.Sends.ShouldBeEmpty();
    }

    [Fact]
    public void Peer_ThatAnswersNothing_CountsAsGone()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxUnanswered = 2 });
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 3);
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
        Send(world, session, 2);
        world.Loop.RunUntil(() => peer.Sends.Count() == 2);
        peer.Answer(peer.Sends.Last());

        world.Loop.Advance(TimeSpan.FromSeconds(31));

        world.ServerHandler.Events.ShouldBe(["established", "sent msg1 Acknowledged 200", "sent msg0 InDoubt 0"]);
        session.IsEstablished.ShouldBeTrue();
    }

    [Fact]
    [Requirement("D12")]
    public void Reports_ChunkByChunk_CountWhenTheyCoverAll()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("msg0", "text/plain", new byte[1000])));
        world.Loop.RunUntil(() => peer.Sends.Any());
        WireFrame send = peer.Sends.First();
        send.WantsReport.ShouldBeTrue();

        peer.Report(send, "501-1000/1000");
        peer.Report(send, "1-400/1000");
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        world.ServerHandler.Reports.ShouldBeEmpty();
        session.AwaitedReports.ShouldBe(1);
        peer.Report(send, "401-500/1000");
        peer.Report(send, "1-1000/1000");
        world.Loop.Advance(TimeSpan.FromSeconds(1));

        world.ServerHandler.Reports.ShouldHaveSingleItem().Status.IsSuccess.ShouldBeTrue();
        world.ServerHandler.Sent.ShouldBeEmpty("a report is no answer");
        session.AwaitedReports.ShouldBe(0);
    }

    [Fact]
    public void Message_ThatIsAnswered_LetsItsBodyGoWhileItsReportIsAwaited()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        MsrpOutgoingMessage message = new("msg0", "text/plain", new byte[1000]);
        world.Loop.InTurn(() => session.TrySend(message));
        world.Loop.RunUntil(() => peer.Sends.Any());
        message.HeldOctets.ShouldBe(1000);

        peer.Answer(peer.Sends.First());
        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);

        session.AwaitedReports.ShouldBe(1);
        message.HeldOctets.ShouldBe(0);
        peer.Report(peer.Sends.First(), "1-1000/1000");
        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == 1);
    }

    [Fact]
    public void Report_OfAFailure_IsHandedOn()
    {
        MsrpWorld world = new();
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 1);
        world.Loop.RunUntil(() => peer.Sends.Any());

        peer.Report(peer.Sends.First(), "1-1/1", "000 413 Stop");
        world.Loop.RunUntil(() => world.ServerHandler.Reports.Count == 1);

        world.ServerHandler.Reports[0].Status.ShouldBe(new MsrpStatus(0, 413));
    }

    [Fact]
    public void AwaitedReports_OverTheBound_ForgetTheOldest()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxAwaitedReports = 2 });
        (MsrpSession session, RawPeer peer) = world.Open();
        Send(world, session, 3);
        world.Loop.RunUntil(() => peer.Sends.Count() == 3);

        foreach (WireFrame send in peer.Sends.ToList())
        {
            peer.Report(send, $"1-{send.Body.Length}/{send.Body.Length}");
        }

        world.Loop.Advance(TimeSpan.FromSeconds(1));
        world.ServerHandler.Reports.Select(report => report.Message.MessageId).ShouldBe(["msg1", "msg2"]);
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
        Send(world, session, 3);
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

    private static void Send(MsrpWorld world, MsrpSession session, int count) => world.Loop.InTurn(() =>
    {
        for (int i = 0; i < count; i++)
        {
            session.TrySend(Message(i)).ShouldBeTrue();
        }

        return true;
    });

    private static MsrpOutgoingMessage Message(int index) =>
        new($"msg{index}", "text/plain", Encoding.ASCII.GetBytes($"body {index}"));
}
