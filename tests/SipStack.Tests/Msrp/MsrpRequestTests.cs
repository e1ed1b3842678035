using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Requests and octets that are no message, and peers that ask and do not read.</summary>
public sealed class MsrpRequestTests
{
    [Theory]
    [InlineData("AUTH", 501)]
    [InlineData("NICKNAME", 501)]
    [InlineData("DANCE", 501)]
    public void Request_OfOtherMethod_IsUnknown(string method, int status)
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Write($"MSRP tid1 {method}\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------tid1$\r\n");

        world.Loop.RunUntil(() => peer.Frames.Count == 1);

        peer.AnswerTo("tid1").Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("Message-ID: a b\r\n")]
    [InlineData("Message-ID: msg1\r\nByte-Range: 9-1/3\r\n")]
    [InlineData("Message-ID: msg1\r\nnonsense\r\n")]
    [InlineData("Message-ID: msg1\r\n\r\nbody without type\r\n")]
    public void Request_Malformed_IsAnswered400AndTheNextIsTaken(string headers)
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Write($"MSRP tid1 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\n{headers}-------tid1$\r\n");
        peer.Send("tid2", "msg2", "Hello");

        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.AnswerTo("tid1").Status.ShouldBe(400);
        peer.AnswerTo("tid2").Status.ShouldBe(200);
        world.ServerHandler.Received.ShouldHaveSingleItem().Id.ShouldBe("msg2");
    }

    [Fact]
    public void Octets_ThatAreNoMsrp_EndTheConnection()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();

        peer.Write("GET / HTTP/1.1\r\n\r\n");
        world.Loop.RunUntil(() => peer.IsClosed);

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.ProtocolError);
    }

    [Fact]
    public void Strays_AreDroppedQuietly()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Write($"MSRP tid1 200 OK\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------tid1$\r\n"
            + $"MSRP 0123456789abcdef 200 OK\r\nTo-Path: msrp://x/y;tcp\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------0123456789abcdef$\r\n"
            + $"MSRP tid2 REPORT\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: none\r\nStatus: 000 200 OK\r\n-------tid2$\r\n"
            + $"MSRP tid3 REPORT\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: none\r\n-------tid3$\r\n");
        world.Loop.Advance(TimeSpan.FromSeconds(1));

        peer.Frames.ShouldBeEmpty();
        session.IsEstablished.ShouldBeTrue();
    }

    [Fact]
    public void Owner_ThatPauses_ReadsNoMoreUntilItResumes()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer();
        world.Loop.InTurn(() =>
        {
            session.PauseReading();
            return true;
        });
        peer.Write(peer.SendText("tid1", "msg1", "first") + peer.SendText("tid2", "msg2", "second"));
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        world.ServerHandler.Received.Count.ShouldBeLessThan(2, "the read that was under way ends with its first frame");

        world.Loop.InTurn(() =>
        {
            session.ResumeReading();
            return true;
        });
        world.Loop.RunUntil(() => peer.Frames.Count == 2);
    }

    [Fact]
    public void Peer_ThatAsksAndDoesNotRead_IsNotReadFromWithoutEnd()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxPendingOutputBytes = 4096 });
        peer.IsDeaf = true;
        peer.Write(string.Concat(Enumerable.Range(0, 20_000).Select(i => peer.SendText($"tid{i:D5}", $"msg{i}", body: null))));

        world.Loop.Advance(TimeSpan.FromSeconds(5));

        world.ServerWire.Received.Count.ShouldBeLessThan(10_000);
    }
}
