using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Dialogs;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Dialogs;

public sealed class ClientDialogTests : IDisposable
{
    private const string Contact = "Contact: <sip:alice@10.0.0.2:5060>\r\n";

    private readonly TestStack _stack = new();
    private readonly TestSession _session = new();

    public ClientDialogTests() => _stack.AddDialogs();

    private SipMessage Invite => _stack.Peer.Received.First(m => m.Method == SipMethod.Invite);

    public void Dispose() => _stack.Dispose();

    [Fact]
    public void Invite_Accepted_IsAcknowledgedAndConfirmed()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 180));
        _stack.Receive(Response(Invite, 200, extra: Contact + "Record-Route: <sip:one;lr>, <sip:two;lr>\r\n"));

        _stack.Outcome(invite.Completion).IsAccepted.ShouldBeTrue();
        var ack = _stack.Peer.Received.Last();
        ack.Method.ShouldBe(SipMethod.Ack);
        ack.CSeq.Number.ShouldBe(1u);
        ack.RequestUri.ToString().ShouldBe("sip:alice@10.0.0.2:5060");
        ack.GetText(SipHeaderName.Route).ShouldBe("<sip:two;lr>"); // reversed (12.1.2)
        ack.TopVia.Branch.ShouldNotBe(Invite.TopVia.Branch);
        ack.To.Tag.ToString().ShouldBe("uas-tag");
        _stack.Outcome(invite.Completion).Dialog!.State.ShouldBe(SipDialogState.Confirmed);
    }

    [Fact]
    public void Success_Repeated_IsAcknowledgedAgainWithTheSameOctets()
    {
        Send();
        _stack.Receive(Response(Invite, 200, extra: Contact));
        _stack.Receive(Response(Invite, 200, extra: Contact));
        _stack.Advance(33); // the transaction is gone, the dialog knows its ACK
        _stack.Receive(Response(Invite, 200, extra: Contact));

        var acks = _stack.Peer.Received.Where(m => m.Method == SipMethod.Ack && m.IsRequest).ToList();
        acks.Count.ShouldBe(3);
        acks.ShouldAllBe(a => a.Octets == acks[0].Octets);
        _stack.Dialogs!.Count.ShouldBe(1);
    }

    [Fact]
    public void Fork_ThatAcceptsToo_IsAcknowledgedAndEnded()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 200, toTag: "first", extra: Contact));
        _stack.Receive(Response(Invite, 200, toTag: "second", extra: Contact));

        _stack.Peer.Methods.ShouldBe(["INVITE", "ACK", "ACK", "BYE"]);
        _stack.Peer.Received[^1].To.Tag.ToString().ShouldBe("second");
        _stack.Receive(Response(_stack.Peer.Received[^1], 200));
        _stack.Dialogs!.Count.ShouldBe(1);
        _stack.Outcome(invite.Completion).Dialog!.Id.RemoteTag.ShouldBe("first");
        _session.Ends.ShouldBeEmpty();
    }

    [Fact]
    public void Invite_Rejected_IsAcknowledgedByItsTransaction()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 488));

        _stack.Outcome(invite.Completion).Response!.StatusCode.ShouldBe(488);
        _stack.Outcome(invite.Completion).IsAccepted.ShouldBeFalse();
        var ack = _stack.Peer.Received.Last();
        ack.Method.ShouldBe(SipMethod.Ack);
        ack.TopVia.Branch.ShouldBe(Invite.TopVia.Branch);
        _stack.Dialogs!.Count.ShouldBe(0);
    }

    [Fact]
    public void Invite_NeverAnswered_TimesOutAfterSevenSendings()
    {
        var invite = Send();
        _stack.Advance(33);

        _stack.Outcome(invite.Completion).Failure.ShouldBe(SipTransactionFailure.Timeout);
        _stack.Peer.Methods.Count().ShouldBe(7);
    }

    [Fact]
    public void Cancel_AfterAProvisional_SendsCancelAndEndsWith487()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 180));
        Cancel(invite);
        var cancel = _stack.Peer.Received.Last();
        cancel.Method.ShouldBe(SipMethod.Cancel);
        cancel.TopVia.Text.ShouldBe(Invite.TopVia.Text);
        cancel.CSeq.Number.ShouldBe(Invite.CSeq.Number);
        _stack.Receive(Response(cancel, 200));
        _stack.Receive(Response(Invite, 487));

        _stack.Outcome(invite.Completion).Response!.StatusCode.ShouldBe(487);
    }

    [Fact]
    public void Cancel_BeforeAnyResponse_WaitsForAProvisional()
    {
        var invite = Send();
        Cancel(invite);
        _stack.Peer.Methods.ShouldBe(["INVITE"]);
        _stack.Receive(Response(Invite, 100, toTag: string.Empty));

        _stack.Peer.Methods.ShouldBe(["INVITE", "CANCEL"]);
    }

    [Fact]
    public void Cancel_ThatCrossesThe200_StillGivesTheDialog()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 180));
        Cancel(invite);
        _stack.Receive(Response(Invite, 200, extra: Contact));

        _stack.Outcome(invite.Completion).IsAccepted.ShouldBeTrue();
    }

    [Fact]
    public void Cancel_WithoutAFinalResponse_TimesOut64T1Later()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 180));
        Cancel(invite);
        _stack.Advance(32.1);

        _stack.Outcome(invite.Completion).Failure.ShouldBe(SipTransactionFailure.Timeout);
    }

    [Fact]
    public void Bye_OfThePeer_EndsTheDialog()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 200, extra: Contact));
        var dialog = _stack.Outcome(invite.Completion).Dialog!;
        _stack.Receive(Request("BYE", toTag: dialog.Id.LocalTag, fromTag: "uas-tag", callId: dialog.Id.CallId, cseq: 77));

        _stack.Peer.Statuses.ShouldBe([200]);
        _session.Ends.ShouldBe([SipDialogEnd.PeerBye]);
    }

    [Fact]
    public void Bye_OfOurs_CountsOnFromTheInvite()
    {
        var invite = Send();
        _stack.Receive(Response(Invite, 200, extra: Contact));
        var dialog = _stack.Outcome(invite.Completion).Dialog!;
        _ = _stack.Loop.InTurn(() => dialog.ByeAsync());
        _stack.Settle();

        _stack.Peer.Received.Last().CSeq.ShouldBe(new PosteRestante.Protocols.Sip.Headers.SipCSeq(2, SipMethod.Bye));
    }

    [Fact]
    public void BothSides_OnOneStack_MakeAndEndASession()
    {
        // The stack calls itself over TCP, with a session that ends from the server's side.
        _stack.AddTcp();
        var server = new TestSession();
        SipDialog? accepted = null;
        _stack.Application.HandleInvite = invite =>
        {
            invite.StartAccept("<sip:bob@10.0.0.1>");
            accepted = invite.Accept(server);
        };

        var result = _stack.Loop.Complete(async () => await Send(new SipDestination(SipTransportKind.Tcp, TestStack.Us)).Completion);
        result.IsAccepted.ShouldBeTrue();
        _stack.Settle();
        server.Acks.Count.ShouldBe(1);
        _stack.Loop.Complete(async () => await accepted!.ByeAsync()).IsSuccess.ShouldBeTrue();

        server.Ends.ShouldBe([SipDialogEnd.OurBye]);
        _session.Ends.ShouldBe([SipDialogEnd.PeerBye]);
        _stack.Dialogs!.Count.ShouldBe(0);
    }

    private OutgoingInvite Send(SipDestination? destination = null)
    {
        var invite = _stack.Loop.InTurn(() =>
        {
            var request = _stack.Dialogs!.StartRequest(SipMethod.Invite, SipUri.Parse("sip:alice@example.net"), "<sip:bob@example.net>", "<sip:alice@example.net>")
                .Header(SipHeaderName.Contact, "<sip:bob@10.0.0.1>");
            return _stack.Dialogs.Invite(request, destination ?? new SipDestination(SipTransportKind.Udp, TestStack.Them), _session);
        });
        if (destination is null)
        {
            _stack.Settle();
        }

        return invite;
    }

    private void Cancel(OutgoingInvite invite)
    {
        _stack.Loop.InTurn(() =>
        {
            invite.Cancel();
            return true;
        });
        _stack.Settle();
    }
}
