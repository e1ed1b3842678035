using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Messages that are refused, or stopped because they are more than is taken.</summary>
public sealed class MsrpReceiverLimitTests
{
    [Fact]
    public void Message_Refused_IsRefusedInEveryChunk()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        int asked = 0;
        world.ServerHandler.Decide = _ =>
        {
            asked++;
            return MsrpReception.Refuse(415);
        };
        peer.Send("tid1", "msg1", "abc", "1-3/6", '+');
        peer.Send("tid2", "msg1", "def", "4-6/6");
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.Frames.ShouldAllBe(frame => frame.Status == 415);
        asked.ShouldBe(1);
    }

    [Fact]
    public void Message_LongerThanTheLimit_IsStoppedInTheMiddle()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxMessageBytes = 10 });
        peer.Write($"MSRP tid1 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: msg1\r\n"
            + "Byte-Range: 1-*/*\r\nContent-Type: text/plain\r\n\r\n12345");
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        peer.Frames.ShouldBeEmpty();

        peer.Write("67890X");
        world.Loop.RunUntil(() => peer.Frames.Count == 1);
        peer.AnswerTo("tid1").Status.ShouldBe(413);
        peer.Write("YZ\r\n-------tid1#\r\n");
        peer.Send("tid2", "msg2", "fits");
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.AnswerTo("tid2").Status.ShouldBe(200);
        world.ServerHandler.Aborted.ShouldBe(1);
        world.ServerHandler.Received.ShouldHaveSingleItem().Id.ShouldBe("msg2");
        session.IsEstablished.ShouldBeTrue();
    }

    [Fact]
    public void Message_AnnouncedTooLong_IsStoppedAtItsHead()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxMessageBytes = 10 });
        peer.Write($"MSRP tid1 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: msg1\r\n"
            + "Byte-Range: 1-*/11\r\nContent-Type: text/plain\r\n\r\n");

        world.Loop.RunUntil(() => peer.Frames.Count == 1);

        peer.AnswerTo("tid1").Status.ShouldBe(413);
        world.ServerHandler.Events.ShouldBe(["established"]);
    }

    [Fact]
    public void Message_WithTooManyGaps_IsStopped()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxGaps = 2 });
        for (int i = 0; i < 3; i++)
        {
            peer.Send($"tid{i}", "msg1", "x", $"{(10 * i) + 1}-*/*", '+');
        }

        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        peer.Frames.Select(frame => frame.Status).ShouldBe([200, 200, 413]);
        world.ServerHandler.Aborted.ShouldBe(1);
    }

    [Fact]
    public void Messages_TooManyAtOnce_AreStopped()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxUnfinishedMessages = 2 });
        for (int i = 0; i < 3; i++)
        {
            peer.Send($"tid{i}", $"msg{i}", "x", "1-*/2", '+');
        }

        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        peer.Frames.Select(frame => frame.Status).ShouldBe([200, 200, 413]);
    }
}
