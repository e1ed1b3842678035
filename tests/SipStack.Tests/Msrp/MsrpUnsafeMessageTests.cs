using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>What is received and not yet safe: it is not answered, bounded, and may fail.</summary>
public sealed class MsrpUnsafeMessageTests
{
    [Fact]
    public void Message_NotYetSafe_IsNotAnswered()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        TaskCompletionSource<int> safe = new();
        world.ServerHandler.Safe = () => new ValueTask<int>(safe.Task);
        peer.Send("tid1", "msg1", "Hello", headers: "Success-Report: yes\r\n");
        peer.Send("tid2", "msg1", "Hello");
        world.Loop.Advance(TimeSpan.FromSeconds(5));
        peer.Frames.ShouldBeEmpty();

        safe.SetResult(200);
        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        peer.AnswerTo("tid1").Status.ShouldBe(200);
        peer.AnswerTo("tid2").Status.ShouldBe(200);
        peer.Frames.Count(frame => frame.Method == "REPORT").ShouldBe(1);
        world.ServerHandler.Received.Count.ShouldBe(1);
    }

    [Fact]
    public void Messages_NotYetSafe_AreBoundedByReadingNoMore()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxUnsafeMessages = 3, MaxUnfinishedMessages = 1 });
        int together = 0;
        int most = 0;
        world.ServerHandler.Safe = async () =>
        {
            most = Math.Max(most, ++together);
            await Task.Delay(TimeSpan.FromMilliseconds(20), world.Loop.Time);
            together--;
            return 200;
        };
        peer.Write(string.Concat(Enumerable.Range(0, 20).Select(i => peer.SendText($"tid{i:D2}", $"msg{i:D2}", "Hello"))));

        world.Loop.RunUntil(() => peer.Frames.Count == 20);

        most.ShouldBe(3);
        peer.Frames.ShouldAllBe(frame => frame.Status == 200);
    }

    [Fact]
    public void Session_EndedWithUnsafeMessages_DoesNotHoldItsNeighbour()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxUnsafeMessages = 1 });
        MsrpSession neighbour = world.Serve();
        world.ServerHandler.Safe = () => new ValueTask<int>(new TaskCompletionSource<int>().Task);
        string first = peer.Path;
        peer.Path = neighbour.LocalPath.Text;
        peer.Send("tid1", "msg1", body: null);
        world.Loop.RunUntil(() => peer.Frames.Count == 1);
        peer.Path = first;
        peer.Send("tid2", "msg2", "never safe");
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        peer.Path = neighbour.LocalPath.Text;
        peer.Send("tid3", "msg3", body: null);
        world.Loop.Advance(TimeSpan.FromSeconds(1));
        peer.Frames.Count.ShouldBe(1);

        world.Loop.InTurn(() =>
        {
            session.Close();
            return true;
        });
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.AnswerTo("tid3").Status.ShouldBe(200);
    }

    [Fact]
    public void Message_ThatCannotBeKept_IsRefusedAndMayComeAgain()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        world.ServerHandler.Safe = () => new ValueTask<int>(413);
        peer.Send("tid1", "msg1", "Hello", headers: "Success-Report: yes\r\n");
        world.Loop.RunUntil(() => peer.Frames.Count == 1);
        peer.AnswerTo("tid1").Status.ShouldBe(413);

        world.ServerHandler.Safe = () => new ValueTask<int>(200);
        peer.Send("tid2", "msg1", "Hello");
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.AnswerTo("tid2").Status.ShouldBe(200);
        peer.Frames.ShouldNotContain(frame => frame.Method == "REPORT");
    }

    [Fact]
    public void Message_WhoseSinkFails_IsNeverAcknowledged()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        world.ServerHandler.Safe = async () =>
        {
            await Task.Yield();
            throw new IOException("disk full");
        };
        peer.Send("tid1", "msg1", "Hello");

        world.Loop.RunUntil(() => peer.IsClosed);

        peer.Frames.ShouldBeEmpty();
        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.Closed);
    }
}
