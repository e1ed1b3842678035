using System.Text;
using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Dialogs;

public sealed class ServerDialogTests : IDisposable
{
    private const string Contact = "Contact: <sip:alice@10.0.0.2:5060>\r\n";

    private readonly TestStack _stack = new();
    private readonly TestSession _session = new();
    private SipDialog? _dialog;

    public ServerDialogTests()
    {
        _stack.AddDialogs();
        _stack.Application.HandleInvite = Accept;
    }

    public void Dispose() => _stack.Dispose();

    [Fact]
    public void Invite_Accepted_GetsContactRecordRouteAndBody()
    {
        _stack.Receive(Invite("Record-Route: <sip:core.example.net;lr>, <sip:edge.example.net;lr>\r\n"));

        var response = _stack.Peer.Received.ShouldHaveSingleItem();
        response.StatusCode.ShouldBe(200);
        response.GetText(SipHeaderName.Contact).ShouldBe("<sip:Deferred@10.0.0.1>");
        response.GetText(SipHeaderName.RecordRoute).ShouldBe("<sip:core.example.net;lr>, <sip:edge.example.net;lr>");
        response.Body.ToString().ShouldBe("v=0");
        _dialog!.State.ShouldBe(SipDialogState.Accepted);
        _stack.Dialogs!.Count.ShouldBe(1);
    }

    [Fact]
    public void Success_WithoutAck_IsRepeatedFromT1ToT2()
    {
        _stack.Receive(Invite());
        _stack.Advance(0.5);
        _stack.Peer.Statuses.Count().ShouldBe(2);
        _stack.Advance(1);
        _stack.Peer.Statuses.Count().ShouldBe(3);
        _stack.Advance(2);
        _stack.Peer.Statuses.Count().ShouldBe(4);
        _stack.Advance(4);
        _stack.Peer.Statuses.Count().ShouldBe(5);

        Ack();
        _stack.Advance(30);
        _stack.Peer.Statuses.Count().ShouldBe(5);
        _session.Acks.Count.ShouldBe(1);
        _dialog!.State.ShouldBe(SipDialogState.Confirmed);
    }

    [Fact]
    public void Success_NeverAcknowledged_EndsWithByeAfter64T1()
    {
        _stack.Peer.OnMessage = message =>
        {
            if (message.Method == SipMethod.Bye && message.IsRequest)
            {
                _stack.Peer.Send(TestStack.Us, Response(message, 200));
            }
        };
        _stack.Receive(Invite());
        _stack.Advance(31.9);
        _stack.Peer.Methods.ShouldBeEmpty();
        _stack.Advance(0.2);

        _stack.Peer.Methods.ShouldBe(["BYE"]);
        _session.Ends.ShouldBe([SipDialogEnd.NoAck]);
        _stack.Dialogs!.Count.ShouldBe(0);
    }

    [Fact]
    public void Ack_Repeated_ConfirmsOnce()
    {
        _stack.Receive(Invite());
        Ack();
        Ack();

        _session.Acks.Count.ShouldBe(1);
    }

    [Fact]
    public void Ack_OfAnotherCSeq_ConfirmsNothing()
    {
        _stack.Receive(Invite());
        _stack.Receive(InDialog("ACK", cseq: 7));

        _session.Acks.ShouldBeEmpty();
    }

    [Fact]
    public void Ack_OfNoDialog_IsDroppedAndCounted()
    {
        _stack.Receive(Request("ACK", toTag: "nobody"));

        _stack.Counted["sip.messages.dropped stray_ack"].ShouldBe(1);
        _stack.Peer.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Bye_OfThePeer_Gets200AndEndsTheDialog()
    {
        Establish();
        _stack.Receive(InDialog("BYE", cseq: 2));

        _stack.Peer.Statuses.ShouldBe([200]);
        _session.Ends.ShouldBe([SipDialogEnd.PeerBye]);
        _dialog!.State.ShouldBe(SipDialogState.Ended);
        _stack.Receive(InDialog("OPTIONS", cseq: 3));
        _stack.Peer.Statuses.ShouldBe([200, 481]);
    }

    [Theory]
    [InlineData("BYE")]
    [InlineData("OPTIONS")]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    public void Request_OfAnUnknownDialog_Gets481(string method)
    {
        _stack.Receive(Request(method, toTag: "nobody", extra: Contact));

        _stack.Peer.Statuses.ShouldBe([481]);
        _stack.Application.Invites.ShouldBeEmpty();
    }

    [Fact]
    public void Bye_WithoutAToTag_Gets481()
    {
        _stack.Receive(Request("BYE"));

        _stack.Peer.Statuses.ShouldBe([481]);
    }

    [Fact]
    public void Request_OutOfOrder_Gets500()
    {
        Establish();
        _stack.Receive(InDialog("OPTIONS", cseq: 5));
        _stack.Receive(InDialog("OPTIONS", cseq: 4));

        _stack.Peer.Statuses.ShouldBe([200, 500]);
    }

    [Fact]
    public void OtherRequest_InTheDialog_Gets501AndTheDialogGoesOn()
    {
        Establish();
        _stack.Receive(InDialog("INFO", cseq: 2));

        _stack.Peer.Statuses.ShouldBe([501]);
        _dialog!.State.ShouldBe(SipDialogState.Confirmed);
    }

    [Fact]
    public void ReInvite_ByDefault_Gets488AndTheSessionGoesOn()
    {
        Establish();
        _stack.Receive(InDialog("INVITE", cseq: 2, extra: Contact));
        _stack.Receive(InDialog("ACK", cseq: 2, branch: "z9hG4bKINVITE2"));

        _stack.Peer.Statuses.ShouldBe([488]);
        _dialog!.State.ShouldBe(SipDialogState.Confirmed);
        _session.Ends.ShouldBeEmpty();
        _stack.Receive(InDialog("BYE", cseq: 3));
        _session.Ends.ShouldBe([SipDialogEnd.PeerBye]);
    }

    [Fact]
    public void ReInvite_WhileAnotherIsUnanswered_Gets500WithRetryAfter()
    {
        Establish();
        _session.ReInvite = (_, _) => { };
        _stack.Receive(InDialog("INVITE", cseq: 2, extra: Contact));
        _stack.Receive(InDialog("INVITE", cseq: 3, extra: Contact));

        _stack.Peer.Statuses.ShouldBe([500]);
        int.Parse(_stack.Peer.Received[0].GetText(SipHeaderName.RetryAfter)!).ShouldBeInRange(0, 10);
    }

    [Fact]
    public void ReInvite_BeforeTheAckOfTheFirst_Gets491()
    {
        _stack.Receive(Invite());
        _stack.Receive(InDialog("INVITE", cseq: 2, extra: Contact));

        _stack.Peer.Statuses.ShouldBe([200, 491]);
    }

    [Fact]
    public void ReInvite_WhileOursIsUnanswered_Gets491AndLaterOnesAreTaken()
    {
        Establish();
        _stack.Peer.Received.Clear();
        var ours = _stack.Loop.InTurn(() => _dialog!.ReInviteAsync(
            _dialog.StartRequest(SipMethod.Invite).Header(SipHeaderName.Contact, "<sip:Deferred@10.0.0.1>")));
        _stack.Settle();
        var sent = _stack.Peer.Received.ShouldHaveSingleItem();
        _stack.Peer.Received.Clear();
        _stack.Receive(InDialog("INVITE", cseq: 2, extra: Contact));
        _stack.Peer.Statuses.ShouldBe([491]); // 14.2

        _stack.Peer.Received.Clear();
        _stack.Receive(Response(sent, 488));
        _stack.Outcome(ours).Response!.StatusCode.ShouldBe(488);
        _stack.Peer.Received.Clear();
        _stack.Receive(InDialog("INVITE", cseq: 3, extra: Contact, branch: "z9hG4bKlater"));
        _stack.Peer.Statuses.ShouldBe([488]); // by its user, who takes none here
    }

    [Fact]
    public void ReInvite_Accepted_IsRepeatedUntilItsAckAndRefreshesTheTarget()
    {
        Establish();
        _session.ReInvite = (dialog, transaction) =>
        {
            transaction.StartResponse(200).Header(SipHeaderName.Contact, "<sip:Deferred@10.0.0.1>");
            dialog.SendSuccess(transaction);
        };
        _stack.Receive(InDialog("INVITE", cseq: 2, extra: "Contact: <sip:alice@10.0.0.2:5062>\r\n"));
        _stack.Advance(0.6);
        _stack.Peer.Statuses.ShouldBe([200, 200]);
        _stack.Receive(InDialog("ACK", cseq: 2));
        _stack.Advance(10);

        _stack.Peer.Statuses.ShouldBe([200, 200]);
        _dialog!.RemoteTarget.ToString().ShouldBe("sip:alice@10.0.0.2:5062");
    }

    [Fact]
    public void Bye_WhileAReInviteIsUnanswered_Answers487()
    {
        Establish();
        _session.ReInvite = (_, _) => { };
        _stack.Receive(InDialog("INVITE", cseq: 2, extra: Contact));
        _stack.Receive(InDialog("BYE", cseq: 3));

        _stack.Peer.Statuses.Take(2).ShouldBe([487, 200]);
    }

    [Fact]
    public void Cancel_BeforeTheAnswer_Gets200AndTheInvite487()
    {
        var cancelled = 0;
        _stack.Application.HandleInvite = invite => invite.Cancelled = () => cancelled++;
        _stack.Receive(Invite());
        _stack.Receive(Request("CANCEL"));

        _stack.Peer.Statuses.ShouldBe([200, 487]);
        cancelled.ShouldBe(1);
        var invite = _stack.Application.Invites.Single();
        invite.IsCancelled.ShouldBeTrue();
        _stack.Loop.InTurn(() => invite.Accept(_session)).ShouldBeNull();
        _stack.Dialogs!.Count.ShouldBe(0);
    }

    [Fact]
    public void Invite_Rejected_MakesNoDialog()
    {
        _stack.Application.HandleInvite = invite => invite.Reject(486);
        _stack.Receive(Invite());

        _stack.Peer.Statuses.ShouldBe([486]);
        _stack.Dialogs!.Count.ShouldBe(0);
    }

    [Fact]
    public void Invite_WithoutContact_Gets400()
    {
        _stack.Receive(Request("INVITE"));

        _stack.Peer.Statuses.ShouldBe([400]);
        _stack.Application.Invites.ShouldBeEmpty();
    }

    [Fact]
    public void Invite_BeyondTheBound_Gets503()
    {
        using var stack = new TestStack();
        stack.AddDialogs(maxDialogs: 0);
        stack.Receive(Invite());

        stack.Peer.Statuses.ShouldBe([503]);
        stack.Peer.Received[0].Contains(SipHeaderName.RetryAfter).ShouldBeTrue();
    }

    [Fact]
    public void Bye_OfOurs_FollowsTheRouteSetAndEndsTheDialog()
    {
        _stack.Receive(Invite("Record-Route: <sip:core.example.net;lr>\r\nRecord-Route: <sip:edge.example.net;lr>\r\n"));
        Ack();
        _stack.Peer.Received.Clear();
        var bye = _stack.Loop.InTurn(() => _dialog!.ByeAsync());
        _stack.Settle();

        var request = _stack.Peer.Received.ShouldHaveSingleItem();
        request.Method.ShouldBe(SipMethod.Bye);
        request.RequestUri.ToString().ShouldBe("sip:alice@10.0.0.2:5060");
        Values(request, SipHeaderName.Route).ShouldBe(["<sip:core.example.net;lr>", "<sip:edge.example.net;lr>"]);
        request.From.Tag.ToString().ShouldBe(_dialog!.Id.LocalTag);
        request.From.Uri.ToString().ShouldBe("sip:bob@example.net");
        request.To.Tag.ToString().ShouldBe("peer-tag");
        request.CallId.ToString().ShouldBe("call-1");
        _stack.Receive(Response(request, 200));
        _stack.Outcome(bye).IsSuccess.ShouldBeTrue();
        _session.Ends.ShouldBe([SipDialogEnd.OurBye]);
        _stack.Dialogs!.Count.ShouldBe(0);
    }

    [Fact]
    public void Bye_OfOurs_ByAStrictRouter_PutsTheTargetLast()
    {
        _stack.Receive(Invite("Record-Route: <sip:strict.example.net>, <sip:edge.example.net;lr>\r\n"));
        Ack();
        _stack.Peer.Received.Clear();
        _ = _stack.Loop.InTurn(() => _dialog!.ByeAsync());
        _stack.Settle();

        var request = _stack.Peer.Received.ShouldHaveSingleItem();
        request.RequestUri.ToString().ShouldBe("sip:strict.example.net");
        Values(request, SipHeaderName.Route).ShouldBe(["<sip:edge.example.net;lr>", "<sip:alice@10.0.0.2:5060>"]);
    }

    [Fact]
    public void Bye_OfOursBeforeTheAck_WaitsForIt()
    {
        _stack.Receive(Invite());
        _ = _stack.Loop.InTurn(() => _dialog!.ByeAsync());
        _stack.Settle();
        _stack.Peer.Methods.ShouldBeEmpty();

        Ack();
        _stack.Peer.Methods.ShouldBe(["BYE"]);
    }

    [Fact]
    public void Byes_ThatCross_EndTheDialogOnce()
    {
        Establish();
        var bye = _stack.Loop.InTurn(() => _dialog!.ByeAsync());
        _stack.Settle();
        var request = _stack.Peer.Received.Last();
        _stack.Receive(InDialog("BYE", cseq: 2));
        _stack.Receive(Response(request, 481));

        _stack.Peer.Statuses.ShouldBe([200]);
        _session.Ends.ShouldBe([SipDialogEnd.PeerBye]);
        bye.IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public void Request_OfOursThatGets481_EndsTheDialog()
    {
        Establish();
        var info = _stack.Loop.InTurn(() => _dialog!.SendAsync(_dialog.StartRequest(SipMethod.Info)));
        _stack.Settle();
        _stack.Receive(Response(_stack.Peer.Received.Last(), 481));

        _stack.Outcome(info).Response!.StatusCode.ShouldBe(481);
        _session.Ends.ShouldBe([SipDialogEnd.PeerGone]);
    }

    [Fact]
    public void TagsInAnotherCase_AreTheSameDialog()
    {
        Establish();
        _stack.Receive(InDialog("BYE", cseq: 2).Replace("tag=peer-tag", "tag=PEER-TAG", StringComparison.Ordinal));

        _session.Ends.ShouldBe([SipDialogEnd.PeerBye]);
    }

    private static string Invite(string extra = "") => Request("INVITE", extra: Contact + extra);

    private static List<string> Values(SipMessage message, SipHeaderName name)
    {
        var values = new List<string>();
        foreach (var value in message.GetValues(name))
        {
            values.Add(value.ToString());
        }

        return values;
    }

    private void Accept(IncomingInvite invite)
    {
        invite.StartAccept("<sip:Deferred@10.0.0.1>").Body("application/sdp", Encoding.ASCII.GetBytes("v=0"));
        _dialog = invite.Accept(_session);
    }

    private void Establish()
    {
        _stack.Receive(Invite());
        Ack();
        _stack.Peer.Received.Clear();
    }

    private void Ack() => _stack.Receive(InDialog("ACK", cseq: 1));

    private string InDialog(string method, uint cseq, string extra = "", string? branch = null) =>
        Request(method, branch: branch ?? $"z9hG4bK{method}{cseq}", toTag: _dialog!.Id.LocalTag, cseq: cseq, extra: extra);
}
