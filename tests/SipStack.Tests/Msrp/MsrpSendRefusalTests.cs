using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>What is not sent, or no further: the peer refuses it, or it was not agreed.</summary>
public sealed class MsrpSendRefusalTests
{
    // RFC 4975 10.5: the message is stopped now, in the middle of its chunk; the next one goes on.
    [Fact]
    public void Peer_ThatAnswers413InTheMiddle_GetsNoMoreOfThatMessage()
    {
        MsrpWorld world = new(options: new MsrpOptions { BatchBytes = 64 * 1024 }); // less than a chunk: it is met in its middle
        (MsrpSession session, RawPeer peer) = world.Open();
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("large001", "text/plain", new byte[30_000_000])));
        OutgoingMessages.Send(world, session, 1);
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
        OutgoingMessages.Send(world, session, 1);
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
        OutgoingMessages.Send(world, session, 2);
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
        OutgoingMessages.Send(world, session, 1);
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
        OutgoingMessages.Send(world, session, 1);
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
        OutgoingMessages.Send(world, session, 3);
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
        world.Loop.InTurn(() => session.TrySend(OutgoingMessages.Message(0))
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
        OutgoingMessages.Send(world, session, 1);

        world.Loop.RunUntil(() => world.ServerHandler.Sent.Count == 1);

        world.ServerHandler.Outcomes.ShouldBe([new MsrpSendOutcome(MsrpSendOutcomeKind.NotSent, 403)]);
        peer.Sends.ShouldBeEmpty();
    }
}
