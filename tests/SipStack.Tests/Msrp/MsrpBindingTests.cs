using System.Net;
using PosteRestante.Protocols.Sdp;
using PosteRestante.SipStack.Msrp;

namespace PosteRestante.SipStack.Tests.Msrp;

/// <summary>How sessions and connections come together (RFC 4975 5.4, 7.3; RFC 6135).</summary>
public sealed class MsrpBindingTests
{
    [Fact]
    public void Request_ForAnUnknownSession_IsRefused481()
    {
        MsrpWorld world = new();
        RawPeer peer = world.Connect();
        peer.Send("tid1", "msg1", "Hello");
        peer.Send("tid2", "msg1", "Hello", headers: "Failure-Report: no\r\n");
        peer.Write($"MSRP tid3 NICKNAME\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------tid3$\r\n");

        world.Loop.RunUntil(() => peer.Frames.Count == 2);

        peer.AnswerTo("tid1").Status.ShouldBe(481);
        peer.AnswerTo("tid1").FromPath.ShouldBe(peer.Path);
        peer.AnswerTo("tid3").Status.ShouldBe(481);
    }

    [Fact]
    public void Session_BoundElsewhere_IsRefused506()
    {
        MsrpWorld world = new();
        (MsrpSession session, _) = world.Open();
        RawPeer thief = world.Connect();
        thief.Path = session.LocalPath.Text;
        thief.Send("tid1", "msg1", body: null);

        world.Loop.RunUntil(() => thief.Frames.Count == 1);

        thief.AnswerTo("tid1").Status.ShouldBe(506);
        session.IsEstablished.ShouldBeTrue();
    }

    [Theory]
    [InlineData("msrp://10.0.0.2:2855/", "MSRP://10.0.0.2:2855/", 200)]
    [InlineData("10.0.0.2:2855", "10.0.0.3:2855", 481)]
    [InlineData(":2855", "", 481)]
    [InlineData("msrp:", "msrps:", 481)]
    public void ToPath_IsMatchedByTheRulesOfUris(string part, string instead, int status)
    {
        MsrpWorld world = new();
        MsrpSession session = world.Serve();
        RawPeer peer = world.Connect();
        peer.Path = session.LocalPath.Text.Replace(part, instead);
        peer.Send("tid1", "msg1", body: null);

        world.Loop.RunUntil(() => peer.Frames.Count == 1);

        peer.AnswerTo("tid1").Status.ShouldBe(status);
    }

    [Fact]
    public void ToPath_RewrittenByAGateway_IsMatchedBySessionIdWhereTheSwitchIsOn()
    {
        MsrpWorld world = new(options: new MsrpOptions { MatchSessionIdOnly = true });
        MsrpSession session = world.Serve();
        RawPeer peer = world.Connect();
        peer.Path = session.LocalPath.Text.Replace("10.0.0.2:2855", "gateway.example:1");
        peer.Send("tid1", "msg1", body: null);

        world.Loop.RunUntil(() => session.IsEstablished);

        peer.Path = peer.Path.Replace(session.LocalUri.SessionId!, session.LocalUri.SessionId!.ToUpperInvariant());
        peer.Send("tid2", "msg2", body: null);
        world.Loop.RunUntil(() => peer.Frames.Count == 2);
        peer.AnswerTo("tid2").Status.ShouldBe(481);
    }

    [Fact]
    public void Peer_ThatConnectsBeforeTheAnswer_IsEstablishedWithIt()
    {
        MsrpWorld world = new();
        MsrpSession session = world.Server.TryCreateSession(world.ServerHandler, "10.0.0.2", 2855)!;
        RawPeer peer = world.Connect();
        peer.Path = session.LocalPath.Text;
        peer.Send("tid1", "msg1", body: null);
        world.Loop.RunUntil(() => peer.Frames.Count == 1);
        peer.AnswerTo("tid1").Status.ShouldBe(200);
        session.IsEstablished.ShouldBeFalse();

        MsrpNegotiation agreed = MsrpWorld.Agree(
            session,
            $"m=message 9 TCP/MSRP *\r\na=accept-types:*\r\na=setup:active\r\na=path:{RawPeer.OwnPath}\r\n",
            SdpSetup.ActPass);
        world.Loop.InTurn(() =>
        {
            session.Start(agreed);
            return true;
        });

        session.IsEstablished.ShouldBeTrue();
        world.Loop.Advance(TimeSpan.FromSeconds(40));
        session.Ended.ShouldBeNull();
    }

    // RFC 4975 5.4: being bound is not enough, the passive side waits for a whole SEND.
    [Fact]
    public void Peer_ThatBindsWithoutASend_GetsNoneEither()
    {
        MsrpWorld world = new();
        MsrpSession session = world.Serve();
        world.Loop.InTurn(() => session.TrySend(new MsrpOutgoingMessage("msg1", "text/plain", "x"u8.ToArray())));
        RawPeer peer = world.Connect();
        peer.Path = session.LocalPath.Text;
        string first = peer.SendText("tid2", "msg0", body: null);
        peer.Write($"MSRP tid1 NICKNAME\r\nTo-Path: {peer.Path}\r\nFrom-Path: {RawPeer.OwnPath}\r\n-------tid1$\r\n{first[..^5]}");
        world.Loop.Advance(TimeSpan.FromSeconds(5));
        peer.Sends.ShouldBeEmpty();

        peer.Write(first[^5..]);
        world.Loop.RunUntil(() => peer.Sends.Any());

        peer.AnswerTo("tid1").Status.ShouldBe(501);
        peer.AnswerTo("tid2").Status.ShouldBe(200);
    }

    [Fact]
    public void Connect_WhereNobodyListens_FailsTheSession()
    {
        MsrpWorld world = new();
        world.Network.StopListening(MsrpWorld.ServerAddress);
        (_, MsrpSession client) = world.Pair();

        world.Loop.RunUntil(() => client.Ended is not null);

        world.ClientHandler.Events.ShouldBe(["ended ConnectFailed"]);
        world.Client.Sessions.ShouldBe(0);
    }

    [Fact]
    public void FirstSend_Refused_FailsTheActiveSide()
    {
        MsrpWorld world = new();
        (MsrpSession server, MsrpSession client) = world.Pair();
        world.Loop.InTurn(() =>
        {
            server.Close();
            return true;
        });

        world.Loop.RunUntil(() => client.Ended is not null);

        client.Ended.ShouldBe(MsrpSessionEnd.RefusedByPeer);
    }

    [Fact]
    public void FirstSend_NotAnswered_FailsTheActiveSide()
    {
        MsrpWorld world = new();
        IPEndPoint silent = new(new IPAddress([10, 0, 0, 9]), 2855);
        world.Network.Listen(silent, _ => Task.Delay(TimeSpan.FromHours(1), world.Loop.Time));
        MsrpSession client = world.Client.TryCreateSession(world.ClientHandler, "10.0.0.1", 9)!;
        MsrpNegotiation agreed = MsrpWorld.Agree(
            client, "m=message 2855 TCP/MSRP *\r\na=accept-types:*\r\na=setup:passive\r\na=path:msrp://10.0.0.9:2855/x;tcp\r\n", SdpSetup.Active);
        world.Loop.InTurn(() =>
        {
            client.Start(agreed, silent);
            return true;
        });

        world.Loop.Advance(TimeSpan.FromSeconds(31));

        client.Ended.ShouldBe(MsrpSessionEnd.PeerSilent);
    }

    [Fact]
    public void Connections_OverTheLimit_AreClosedAtOnce()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxConnections = 1 });
        RawPeer first = world.Connect();
        RawPeer second = world.Connect();

        world.Loop.RunUntil(() => second.IsClosed);

        first.IsClosed.ShouldBeFalse();
        world.Server.Connections.ShouldBe(1);
    }

    [Fact]
    public void Sessions_OverTheLimit_AreNotMade()
    {
        MsrpWorld world = new(options: new MsrpOptions { MaxSessions = 1 });
        MsrpSession first = world.Server.TryCreateSession(world.ServerHandler, "10.0.0.2", 2855)!;

        world.Server.TryCreateSession(world.ServerHandler, "10.0.0.2", 2855).ShouldBeNull();

        world.Loop.InTurn(() =>
        {
            first.Close();
            return true;
        });
        world.Server.TryCreateSession(new RecordingHandler(), "10.0.0.2", 2855).ShouldNotBeNull();
    }

    [Fact]
    public void SessionIds_AreLongAndUnlike()
    {
        MsrpIdentifiers identifiers = MsrpIdentifiers.FromSeed(1);

        string[] ids = [.. Enumerable.Range(0, 1000).Select(_ => identifiers.NextSessionId())];

        ids.Distinct().Count().ShouldBe(1000);
        ids.ShouldAllBe(id => id.Length * 5 >= 80, "RFC 4975 14.1");
    }
}
