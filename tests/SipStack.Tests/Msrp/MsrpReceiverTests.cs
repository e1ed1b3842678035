using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>What is made of the chunks of a peer.</summary>
public sealed class MsrpReceiverTests
{
    [Fact]
    public void Message_InOneChunk_IsAnsweredAndReported()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();

        peer.Send("tid1", "msg1", "Hello", "1-5/5", headers: "Success-Report: yes\r\n");
        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        RecordingHandler.Text(world.ServerHandler.Received.ShouldHaveSingleItem()).ShouldBe("msg1 text/plain Hello");
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
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        string[] chunks = third is null ? [first, second] : [first, second, third];
        for (int i = 0; i < chunks.Length; i++)
        {
            world.ServerHandler.Received.ShouldBeEmpty();
            string[] parts = chunks[i].Split('|');
            peer.Send($"tid{i}", "msg1", parts[2], parts[0].Length == 0 ? null : parts[0], parts[1][0]);
            world.Loop.RunUntil(() => peer.Frames.Count == i + 1);
            peer.AnswerTo($"tid{i}").Status.ShouldBe(200);
        }

        RecordingHandler.Text(world.ServerHandler.Received.ShouldHaveSingleItem()).ShouldBe($"msg1 text/plain {expected}");
    }

    [Fact]
    public void Message_Repeated_IsAcknowledgedReportedAndDropped()
    {
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
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
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer(new MsrpOptions { MaxRememberedMessages = 1 });
        peer.Send("tid1", "msg1", "a");
        peer.Send("tid2", "msg2", "b");
        peer.Send("tid3", "msg1", "a");

        world.Loop.RunUntil(() => peer.Frames.Count == 3);

        world.ServerHandler.Received.Count.ShouldBe(3);
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
        (MsrpWorld world, _, RawPeer peer) = MsrpWorld.OpenServer();
        world.ServerHandler.Decide = _ => status == 200 ? null : MsrpReception.Refuse(status);
        peer.Send("tid1", "msg1", "Hello", headers: $"Failure-Report: {failureReport}\r\n");
        peer.Send("tid2", "msg2", body: null);

        world.Loop.RunUntil(() => peer.Frames.Any(frame => frame.TransactionId == "tid2"));

        peer.Frames.Count(frame => frame.TransactionId == "tid1" && frame.Status == status).ShouldBe(isAnswered ? 1 : 0);
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
}
