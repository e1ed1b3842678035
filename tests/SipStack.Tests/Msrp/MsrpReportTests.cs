using PosteRestante.Protocols.Msrp;
using PosteRestante.SipStack.Msrp;
using PosteRestante.TestKit;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>Success and failure REPORTs of what was sent.</summary>
public sealed class MsrpReportTests
{
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
        OutgoingMessages.Send(world, session, 1);
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
        OutgoingMessages.Send(world, session, 3);
        world.Loop.RunUntil(() => peer.Sends.Count() == 3);

        foreach (WireFrame send in peer.Sends.ToList())
        {
            peer.Report(send, $"1-{send.Body.Length}/{send.Body.Length}");
        }

        world.Loop.Advance(TimeSpan.FromSeconds(1));
        world.ServerHandler.Reports.Select(report => report.Message.MessageId).ShouldBe(["msg1", "msg2"]);
    }
}
