using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Messages that never become complete.</summary>
public sealed class MsrpBrokenMessageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Message_AbortedByThePeer_IsDropped(bool withBody)
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Send("tid1", "msg1", "abc", "1-3/6", '+');
        peer.Send("tid2", "msg1", withBody ? "d" : null, "4-*/6", '#');
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        world.ServerHandler.Aborted.ShouldBe(1);
        world.ServerHandler.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Peer_ThatVanishesInTheMiddleOfAMessage_LeavesNone()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Send("tid1", "msg1", "abc", "1-3/6", '+');
        peer.Write($"MSRP tid2 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: msg1\r\n"
            + "Byte-Range: 4-6/6\r\nContent-Type: text/plain\r\n\r\nde");
        world.Loop.Advance(TimeSpan.FromSeconds(1));

        peer.Close();
        world.Loop.RunUntil(() => world.ServerHandler.End is not null);

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.ConnectionLost);
        world.ServerHandler.Aborted.ShouldBe(1);
        world.ServerHandler.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Peer_ThatStopsInTheMiddleOfAFrame_IsGivenUp()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Write($"MSRP tid2 SEND\r\nTo-Path: {peer.Path}\r\n");

        world.Loop.Advance(TimeSpan.FromSeconds(55));
        world.ServerHandler.End.ShouldBeNull();
        world.Loop.Advance(TimeSpan.FromSeconds(20));

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.PeerSilent);
    }

    [Fact]
    public void Message_OfWhichNothingMoreComes_IsGivenUpAndTheSessionGoesOn()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer();
        peer.Send("tid1", "msg1", "abc", "1-3/6", '+');

        world.Loop.Advance(TimeSpan.FromSeconds(90));

        world.ServerHandler.Aborted.ShouldBe(1);
        session.IsEstablished.ShouldBeTrue();
    }
}
