using System.Text;
using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>What is made of the chunks and frames of a peer.</summary>
public sealed class MsrpReceiverTests
{
    [Fact]
    public void Message_InOneChunk_IsAnsweredAndReported()
    {
        (MsrpWorld world, _, RawPeer peer) = Open();

        peer.Send("tid1", "msg1", "Hello", "1-5/5", headers: "Success-Report: yes\r\n");
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        Text(world.ServerHandler.Received.ShouldHaveSingleItem()).ShouldBe("msg1 text/plain Hello");
        peer.AnswerTo("tid1").Status.ShouldBe(200);
        peer.AnswerTo("tid1").ToPath.ShouldBe(RawPeer.OwnPath);
        peer.AnswerTo("tid1").FromPath.ShouldBe(peer.Path);
        WireFrame report = peer.Frames.Single(frame => frame.Method == "REPORT");
        report.MessageId.ShouldBe("msg1");
        report.Range.ShouldBe(new MsrpByteRange(1, 5, 5));
        report.ToPath.ShouldBe(RawPeer.OwnPath);
    }

    // RFC 4975 7.3.1: order, announced ends and announced totals do not bind; the octets do, and the last chunk.
    [Theory]
    [InlineData("1-*/*|+|abc", "4-*/*|$|def", null, "abcdef")]
    [InlineData("4-*/*|$|def", "1-*/*|+|abc", null, "abcdef")]
    [InlineData("1-3/99|+|abc", "4-9/99|$|de", null, "abcde")]
    [InlineData("1-*/6|+|abXX", "3-6/6|$|cdef", null, "abcdef")]
    [InlineData("3-6/6|$|cdef", "1-*/6|+|abXX", null, "abXXef")]
    [InlineData("5-*/*|$|ef", "1-*/*|+|ab", "3-*/*|+|cd", "abcdef")]
    [InlineData("|+|ab", "3-4/4|$|cd", null, "abcd")]
    [InlineData("1-*/*|+|abcdef", "3-*/*|$|CD", null, "abCD")]
    public void Chunks_InAnyOrder_MakeTheMessage(string first, string second, string? third, string expected)
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
        string[] chunks = third is null ? [first, second] : [first, second, third];
        for (int i = 0; i < chunks.Length; i++)
        {
            world.ServerHandler.Received.ShouldBeEmpty();
            string[] parts = chunks[i].Split('|');
            peer.Send($"tid{i}", "msg1", parts[2], parts[0].Length == 0 ? null : parts[0], parts[1][0]);
            world.Loop.RunUntil(() => peer.Frames.Count == i + 1);
            peer.AnswerTo($"tid{i}").Status.ShouldBe(200);
        }

        Text(world.ServerHandler.Received.ShouldHaveSingleItem()).ShouldBe($"msg1 text/plain {expected}");
    }

    [Fact]
    public void Message_Repeated_IsAcknowledgedReportedAndDropped()
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
        peer.Send("tid1", "msg1", "Hello", "1-5/5");
        peer.Send("tid2", "msg1", "Hello", "1-5/5", headers: "Success-Report: yes\r\n");

        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        world.ServerHandler.Received.Count.ShouldBe(1);
        peer.AnswerTo("tid2").Status.ShouldBe(200);
        peer.Frames[^1].Range.ShouldBe(new MsrpByteRange(1, 5, 5));
    }

    [Fact]
    public void Message_BeyondTheRememberedOnes_IsTakenAgain()
    {
        (MsrpWorld world, _, RawPeer peer) = Open(new MsrpOptions { MaxRememberedMessages = 1 });
        peer.Send("tid1", "msg1", "a");
        peer.Send("tid2", "msg2", "b");
        peer.Send("tid3", "msg1", "a");

        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        world.ServerHandler.Received.Count.ShouldBe(3);
    }

    [Fact]
    public void Message_NotYetSafe_IsNotAnswered()
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
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
        (MsrpWorld world, _, RawPeer peer) = Open(new MsrpOptions { MaxUnsafeMessages = 3, MaxUnfinishedMessages = 1 });
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
        (MsrpWorld world, MsrpSession session, RawPeer peer) = Open(new MsrpOptions { MaxUnsafeMessages = 1 });
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
        (MsrpWorld world, _, RawPeer peer) = Open();
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
        (MsrpWorld world, _, RawPeer peer) = Open();
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

    [Theory]
    [InlineData("yes", 200, true)]
    [InlineData("yes", 415, true)]
    [InlineData("partial", 200, false)]
    [InlineData("partial", 415, true)]
    [InlineData("no", 200, false)]
    [InlineData("no", 415, false)]
    public void FailureReport_SaysWhatIsAnswered(string failureReport, int status, bool isAnswered)
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
        world.ServerHandler.Decide = _ => status == 200 ? null : MsrpReception.Refuse(status);
        peer.Send("tid1", "msg1", "Hello", headers: $"Failure-Report: {failureReport}\r\n");
        peer.Send("tid2", "msg2", body: null);

        world.Loop.RunUntil(() => peer.Frames.Any(frame => frame.TransactionId == "tid2"));

        peer.Frames.Count(frame => frame.TransactionId == "tid1" && frame.Status == status).ShouldBe(isAnswered ? 1 : 0);
    }

    [Fact]
    public void Message_Refused_IsRefusedInEveryChunk()
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
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
        (MsrpWorld world, MsrpSession session, RawPeer peer) = Open(new MsrpOptions { MaxMessageBytes = 10 });
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
        (MsrpWorld world, _, RawPeer peer) = Open(new MsrpOptions { MaxMessageBytes = 10 });
        peer.Write($"MSRP tid1 SEND\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\nMessage-ID: msg1\r\n"
            + "Byte-Range: 1-*/11\r\nContent-Type: text/plain\r\n\r\n");

        world.Loop.RunUntil(() => peer.Frames.Count == 1);

        peer.AnswerTo("tid1").Status.ShouldBe(413);
        world.ServerHandler.Events.ShouldBe(["established"]);
    }

    [Fact]
    public void Message_WithTooManyGaps_IsStopped()
    {
        (MsrpWorld world, _, RawPeer peer) = Open(new MsrpOptions { MaxGaps = 2 });
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
        (MsrpWorld world, _, RawPeer peer) = Open(new MsrpOptions { MaxUnfinishedMessages = 2 });
        for (int i = 0; i < 3; i++)
        {
            peer.Send($"tid{i}", $"msg{i}", "x", "1-*/2", '+');
        }

        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        peer.Frames.Select(frame => frame.Status).ShouldBe([200, 200, 413]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Message_AbortedByThePeer_IsDropped(bool withBody)
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
        peer.Send("tid1", "msg1", "abc", "1-3/6", '+');
        peer.Send("tid2", "msg1", withBody ? "d" : null, "4-*/6", '#');
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        world.ServerHandler.Aborted.ShouldBe(1);
        world.ServerHandler.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Peer_ThatVanishesInTheMiddleOfAMessage_LeavesNone()
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
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
        (MsrpWorld world, _, RawPeer peer) = Open();
        peer.Write($"MSRP tid2 SEND\r\nTo-Path: {peer.Path}\r\n");

        world.Loop.Advance(TimeSpan.FromSeconds(55));
        world.ServerHandler.End.ShouldBeNull();
        world.Loop.Advance(TimeSpan.FromSeconds(20));

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.PeerSilent);
    }

    [Fact]
    public void Message_OfWhichNothingMoreComes_IsGivenUpAndTheSessionGoesOn()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = Open();
        peer.Send("tid1", "msg1", "abc", "1-3/6", '+');

        world.Loop.Advance(TimeSpan.FromSeconds(90));

        world.ServerHandler.Aborted.ShouldBe(1);
        session.IsEstablished.ShouldBeTrue();
    }

    [Fact]
    public void Direction_ThatForbidsReceiving_IsKept()
    {
        MsrpWorld world = new();
        (_, RawPeer peer) = world.Open(direction: "recvonly");
        peer.Send("tid1", "msg1", "Hello");
        peer.Send("tid2", "msg2", body: null);

        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.AnswerTo("tid1").Status.ShouldBe(403);
        peer.AnswerTo("tid2").Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("AUTH", 501)]
    [InlineData("NICKNAME", 501)]
    [InlineData("DANCE", 501)]
    public void Request_OfOtherMethod_IsUnknown(string method, int status)
    {
        (MsrpWorld world, _, RawPeer peer) = Open();
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
        (MsrpWorld world, _, RawPeer peer) = Open();
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
        (MsrpWorld world, _, RawPeer peer) = Open();

        peer.Write("GET / HTTP/1.1\r\n\r\n");
        world.Loop.RunUntil(() => peer.IsClosed);

        world.ServerHandler.End.ShouldBe(MsrpSessionEnd.ProtocolError);
    }

    [Fact]
    public void Strays_AreDroppedQuietly()
    {
        (MsrpWorld world, MsrpSession session, RawPeer peer) = Open();
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
        (MsrpWorld world, MsrpSession session, RawPeer peer) = Open();
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
        (MsrpWorld world, _, RawPeer peer) = Open(new MsrpOptions { MaxPendingOutputBytes = 4096 });
        peer.IsDeaf = true;
        peer.Write(string.Concat(Enumerable.Range(0, 20_000).Select(i => peer.SendText($"tid{i:D5}", $"msg{i}", body: null))));

        world.Loop.Advance(TimeSpan.FromSeconds(5));

        world.ServerWire.Received.Count.ShouldBeLessThan(10_000);
    }

    private static (MsrpWorld World, MsrpSession Session, RawPeer Peer) Open(MsrpOptions? options = null)
    {
        MsrpWorld world = new(options: options);
        (MsrpSession session, RawPeer peer) = world.Open();
        return (world, session, peer);
    }

    private static string Text((string Id, string Type, byte[] Body) message) =>
        $"{message.Id} {message.Type} {Encoding.Latin1.GetString(message.Body)}";
}
