using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Connections of peers that are many, slow, or cut in the middle of a frame.</summary>
public sealed class MsrpConnectionLimitTests
{
    [Fact]
    public void Connections_OfOnePeerOverItsLimit_AreClosedAtOnceAndCountedDown()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxConnectionsPerPeer = 1 });
        RawPeer first = world.Connect();
        RawPeer second = world.Connect();
        world.Loop.RunUntil(() => second.IsClosed);
        first.IsClosed.ShouldBeFalse();

        first.Close();
        world.Loop.RunUntil(() => world.Server.Connections == 0);
        RawPeer third = world.Connect();
        world.Loop.RunUntil(() => world.Server.Connections == 1);
        third.IsClosed.ShouldBeFalse();
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(500, false)]
    public void Frame_ThatTrickles_CostsThePeerItsConnection(int octetsASecond, bool isCut)
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { StallTimeout = TimeSpan.FromSeconds(20), MinStallBytes = 1000 });
        peer.Write($"MSRP tid1 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: msg1\r\nByte-Range: 1-*/*\r\nContent-Type: text/plain\r\n\r\n");
        for (int second = 0; second < 60 && !peer.IsClosed; second++)
        {
            peer.Write(new string('x', octetsASecond));
            world.Loop.Advance(TimeSpan.FromSeconds(1));
        }

        peer.IsClosed.ShouldBe(isCut);
        session.Ended.ShouldBe(isCut ? MsrpSessionEnd.PeerSilent : null);
    }

    [Fact]
    public void Connection_ThatIsClosedInTheMiddleOfAFrame_IsReadOnForAWhile()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { LingerTimeout = TimeSpan.FromSeconds(5), LingerBytes = 1000 });
        peer.Write($"MSRP tid1 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: msg1\r\nByte-Range: 1-*/*\r\nContent-Type: text/plain\r\n\r\nbegun");
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        world.Loop.InTurn(() =>
        {
            session.Close();
            return true;
        });

        world.Loop.Advance(TimeSpan.FromSeconds(3));
        world.Server.Connections.ShouldBe(1, "the peer may go on for a while");
        world.Loop.Advance(TimeSpan.FromSeconds(3));
        world.Server.Connections.ShouldBe(0);
        peer.IsClosed.ShouldBeTrue();
    }
}
