using PosteRestante.Protocols.Sip;
using PosteRestante.SipStack.Sip.Transactions;
using PosteRestante.SipStack.Sip.Transports;
using PosteRestante.SipStack.Tests.Sip.Support;
using static PosteRestante.SipStack.Tests.Sip.Support.TestMessages;

namespace PosteRestante.SipStack.Tests.Sip.Transactions;

public sealed class ServerTransactionTests : IDisposable
{
    private readonly TestStack _stack = new();

    public void Dispose() => _stack.Dispose();

    [Fact]
    public void Message_Answered_GetsOneResponseWithAToTagAtItsSource()
    {
        _stack.User.Handle = t => t.Respond(202);

        _stack.Receive(Request("MESSAGE", body: "hello"));

        _stack.User.Requests.Single().Request.Body.ToString().ShouldBe("hello");
        _stack.User.Requests.Single().Flow.Remote.ShouldBe(TestStack.Them);
        var response = _stack.Peer.Received.ShouldHaveSingleItem();
        response.StatusCode.ShouldBe(202);
        response.To.Tag.Length.ShouldBe(16);
        response.TopVia.Rport.ShouldBe(5060);
        _stack.Transactions.ServerTransactionCount.ShouldBe(0);
        _stack.Transactions.CompletedTransactionCount.ShouldBe(1);
    }

    [Fact]
    public void Message_RetransmittedWhileItsDepositRuns_IsAbsorbed()
    {
        _stack.Receive(Request("MESSAGE"));
        _stack.Receive(Request("MESSAGE"));
        _stack.Receive(Request("MESSAGE"));

        _stack.User.Requests.Count.ShouldBe(1);
        _stack.Peer.Received.ShouldBeEmpty();
        _stack.Loop.InTurn(() => _stack.User.Requests[0].Respond(202)).ShouldBeTrue();
        _stack.Settle();
        _stack.Peer.Statuses.ShouldBe([202]);
        _stack.Counted["sip.server.retransmissions"].ShouldBe(2);
    }

    [Fact]
    public void Message_RetransmittedAfterItsAnswer_GetsTheSameOctetsUntilTimerJ()
    {
        _stack.User.Handle = t => t.Respond(202);
        _stack.Receive(Request("MESSAGE"));
        _stack.Advance(31.9);
        _stack.Receive(Request("MESSAGE"));

        _stack.User.Requests.Count.ShouldBe(1);
        _stack.Peer.Received.Count.ShouldBe(2);
        _stack.Peer.Received[1].Octets.ShouldBe(_stack.Peer.Received[0].Octets);

        _stack.Advance(0.2);
        _stack.Transactions.CompletedTransactionCount.ShouldBe(0);
        _stack.Receive(Request("MESSAGE"));
        _stack.User.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Message_UnansweredFor3500Milliseconds_Gets100AndThenItsAnswer()
    {
        _stack.Receive(Request("MESSAGE"));
        _stack.Advance(3.4);
        _stack.Peer.Received.ShouldBeEmpty();
        _stack.Advance(0.2);
        _stack.Peer.Statuses.ShouldBe([100]);

        _stack.Loop.InTurn(() => _stack.User.Requests[0].Respond(202));
        _stack.Settle();
        _stack.Peer.Statuses.ShouldBe([100, 202]);
    }

    [Fact]
    public void Message_NeverAnswered_EndsSilentlyAfter64T1()
    {
        _stack.Receive(Request("MESSAGE"));
        _stack.Advance(33);

        _stack.Peer.Statuses.ShouldBe([100]);
        _stack.User.Failures.ShouldBe([SipTransactionFailure.Timeout]);
        _stack.Transactions.ServerTransactionCount.ShouldBe(0);
        _stack.Loop.InTurn(() => _stack.User.Requests[0].Respond(202)).ShouldBeFalse();
        _stack.Settle();
        _stack.Peer.Statuses.ShouldBe([100]); // RFC 4320 4.2
    }

    [Fact]
    public void CompletedTable_AtItsBound_ForgetsTheOldest()
    {
        using var stack = new TestStack(options: new SipTransactionOptions { MaxCompletedTransactions = 3 });
        stack.User.Handle = t => t.Respond(202);
        for (var i = 0; i < 5; i++)
        {
            stack.Receive(Request("MESSAGE", branch: $"z9hG4bK{i}", callId: $"c{i}"));
        }

        stack.Transactions.CompletedTransactionCount.ShouldBe(3);
        stack.Counted["sip.server.completed.evicted"].ShouldBe(2);
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK4", callId: "c4"));
        stack.User.Requests.Count.ShouldBe(5);
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK0", callId: "c0"));
        stack.User.Requests.Count.ShouldBe(6); // handled anew: the store knows it
        stack.Advance(40);
        stack.Transactions.CompletedTransactionCount.ShouldBe(0);
    }

    [Fact]
    public void Message_OverASecondPathWhileTheFirstRuns_SharesItsAnswer()
    {
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bKone"));
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bKtwo", sentBy: "10.0.0.9:5070"));
        _stack.User.Requests.Count.ShouldBe(1);

        _stack.Loop.InTurn(() =>
        {
            var transaction = _stack.User.Requests[0];
            transaction.StartResponse(480, "Later"u8).Header(SipHeaderName.RetryAfter, 7);
            return transaction.SendResponse();
        });
        _stack.Settle();

        _stack.Peer.Statuses.ShouldBe([480, 480]);
        _stack.Peer.Received.Select(r => r.TopVia.Branch.ToString()).ShouldBe(["z9hG4bKone", "z9hG4bKtwo"]);
        _stack.Peer.Received.ShouldAllBe(r => r.GetText(SipHeaderName.RetryAfter) == "7" && r.ReasonPhrase.ToString() == "Later");
        _stack.Peer.Received[1].To.Tag.ShouldBe(_stack.Peer.Received[0].To.Tag);
        _stack.Peer.Received[1].TopVia.Host.ToString().ShouldBe("10.0.0.9");
        _stack.Counted["sip.server.merged"].ShouldBe(1);
    }

    [Fact]
    public void Message_OverASecondPathAfterTheAnswer_IsHandledAnew()
    {
        _stack.User.Handle = t => t.Respond(202);
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bKone"));
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bKtwo"));

        _stack.User.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Message_OverTooManyPaths_Gets482()
    {
        using var stack = new TestStack(options: new SipTransactionOptions { MaxMergedPaths = 2 });
        foreach (var branch in new[] { "a", "b", "c" })
        {
            stack.Receive(Request("MESSAGE", branch: "z9hG4bK" + branch));
        }

        stack.Peer.Statuses.ShouldBe([482]);
        stack.User.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("REFER")]
    public void InviteOrRefer_OverASecondPath_Gets482(string method)
    {
        _stack.User.Handle = t => t.Respond(486);
        _stack.Receive(Request(method, branch: "z9hG4bKone"));
        _stack.Peer.Received.Clear();
        _stack.Receive(Request(method, branch: "z9hG4bKtwo"));

        _stack.Peer.Statuses.First().ShouldBe(482);
        _stack.User.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void Branch_InAnotherCase_IsTheSameTransaction()
    {
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bKabc"));
        _stack.Receive(Request("MESSAGE", branch: "Z9HG4bKABC"));

        _stack.User.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void Rfc2543Request_Retransmitted_IsMatchedWithoutABranch()
    {
        var plain = Request("INVITE", branch: "1", via: "").Replace(";branch=1", "", StringComparison.Ordinal);
        _stack.User.Handle = t => t.Respond(486);
        _stack.Receive(plain);
        _stack.Receive(plain);
        _stack.User.Requests.Count.ShouldBe(1);

        var ack = Request("ACK", branch: "1", via: "", toTag: "x").Replace(";branch=1", "", StringComparison.Ordinal);
        _stack.Receive(ack);
        var before = _stack.Peer.Received.Count;
        _stack.Advance(20);

        _stack.Peer.Received.Count.ShouldBe(before); // the ACK found its INVITE: no more 486
        _stack.Receive(Request("INVITE", branch: "1", via: "", cseq: 2).Replace(";branch=1", "", StringComparison.Ordinal));
        _stack.User.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Invite_Refused_IsRetransmittedUntilItsAck()
    {
        _stack.User.Handle = t => t.Respond(486);
        _stack.Receive(Request("INVITE"));
        _stack.Advance(1.6); // 0.5 and 1.5 s
        _stack.Peer.Statuses.ShouldBe([486, 486, 486]);

        _stack.Receive(Request("ACK", toTag: "any"));
        _stack.Advance(10);

        _stack.Peer.Statuses.Count().ShouldBe(3);
        _stack.User.Acks.ShouldBeEmpty();
        _stack.Transactions.ServerTransactionCount.ShouldBe(0);
    }

    [Fact]
    public void Invite_RefusedAndNeverAcked_TimesOut()
    {
        _stack.User.Handle = t => t.Respond(486);
        _stack.Receive(Request("INVITE"));
        _stack.Advance(33);

        _stack.Peer.Statuses.Count().ShouldBe(11); // at 0, 0.5, 1.5, 3.5, then every 4 s
        _stack.User.Failures.ShouldBe([SipTransactionFailure.Timeout]);
    }

    [Fact]
    public void Invite_UnansweredFor200Milliseconds_Gets100()
    {
        _stack.Receive(Request("INVITE"));
        _stack.Peer.Received.ShouldBeEmpty();
        _stack.Advance(0.25);
        _stack.Peer.Statuses.ShouldBe([100]);
        _stack.Peer.Received[0].To.Tag.IsEmpty.ShouldBeTrue();
        _stack.Receive(Request("INVITE"));
        _stack.Peer.Statuses.ShouldBe([100, 100]);
    }

    [Fact]
    public void Cancel_OfARunningInvite_Gets200WithTheInvitesTagAndTellsTheUser()
    {
        _stack.Receive(Request("INVITE"));
        _stack.Receive(Request("CANCEL"));

        _stack.Peer.Statuses.ShouldBe([200]);
        _stack.User.Cancels.ShouldBe(1);
        _stack.Loop.InTurn(() => _stack.User.Requests[0].Respond(487));
        _stack.Settle();
        _stack.Peer.Statuses.ShouldBe([200, 487]);
        _stack.Peer.Received[1].To.Tag.ShouldBe(_stack.Peer.Received[0].To.Tag);
    }

    [Fact]
    public void Cancel_OfAnAnsweredInvite_Gets200AndChangesNothing()
    {
        _stack.User.Handle = t => t.Respond(486);
        _stack.Receive(Request("INVITE"));
        _stack.Receive(Request("CANCEL"));

        _stack.Peer.Statuses.ShouldBe([486, 200]);
        _stack.User.Cancels.ShouldBe(0);
    }

    [Fact]
    public void Cancel_OfNothing_Gets481()
    {
        _stack.Receive(Request("CANCEL"));

        _stack.Peer.Statuses.ShouldBe([481]);
        _stack.User.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Response_WithoutRport_GoesToThePortOfSentBy()
    {
        using var other = new TestPeer(_stack.Network, new(TestStack.Them.Address, 5070));
        _stack.User.Handle = t => t.Respond(200);

        _stack.Receive(Request("OPTIONS", via: "", sentBy: "10.0.0.2:5070"));

        other.Statuses.ShouldBe([200]);
        _stack.Peer.Received.ShouldBeEmpty();
    }

    [Fact]
    public void Response_WhoseSentByIsAnotherHost_GoesToTheSource()
    {
        _stack.User.Handle = t => t.Respond(200);

        _stack.Receive(Request("OPTIONS", via: ";maddr=10.0.0.7", sentBy: "10.0.0.7"));

        _stack.Peer.Statuses.ShouldBe([200]);
        _stack.Peer.Received[0].TopVia.Received.ToString().ShouldBe("10.0.0.2");
    }

    [Fact]
    public void User_ThatThrows_Costs500AndTheStackGoesOn()
    {
        _stack.User.Handle = _ => throw new InvalidOperationException("a bug");
        _stack.Receive(Request("MESSAGE"));
        _stack.User.Handle = t => t.Respond(202);
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bKother", callId: "c2"));

        _stack.Peer.Statuses.ShouldBe([500, 202]);
    }

    [Fact]
    public void Response_SentOutOfTurn_IsRefused()
    {
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bK1", callId: "c1"));
        _stack.Receive(Request("MESSAGE", branch: "z9hG4bK2", callId: "c2"));
        _stack.Loop.InTurn(() =>
        {
            _stack.User.Requests[0].StartResponse(200);
            _stack.User.Requests[1].StartResponse(486);
            Should.Throw<InvalidOperationException>(() => _stack.User.Requests[0].SendResponse());
            return true;
        });
    }

    [Fact]
    public void NewRequest_BeyondTheBound_Gets503WithoutATransaction()
    {
        using var stack = new TestStack(options: new SipTransactionOptions { MaxServerTransactions = 1 });
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK1", callId: "c1"));
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK2", callId: "c2"));

        stack.Peer.Statuses.ShouldBe([503]);
        stack.Peer.Received[0].GetText(SipHeaderName.RetryAfter).ShouldBe("1");
        stack.User.Requests.Count.ShouldBe(1);
        stack.Transactions.ServerTransactionCount.ShouldBe(1);
        stack.Receive(Request("BYE", branch: "z9hG4bK3", callId: "c3", toTag: "dialog"));
        stack.User.Requests.Count.ShouldBe(2); // what belongs to a dialog is never shed
    }

    [Fact]
    public void NewRequest_BeyondTheBoundOfOctets_Gets503UntilThoseAtWorkAreAnswered()
    {
        using var stack = new TestStack(options: new SipTransactionOptions { MaxServerTransactionOctets = 1 });
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK1", callId: "c1"));
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK2", callId: "c2"));
        stack.Peer.Statuses.ShouldBe([503]);

        stack.User.Requests[0].Respond(202);
        stack.Receive(Request("MESSAGE", branch: "z9hG4bK3", callId: "c3"));
        stack.User.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public void Admission_ThatRefuses_Gets503WithRetryAfter()
    {
        _stack.Transactions.Admission = new QueueAgeAdmission(
            new QueueAgeOptions { MaxQueueAge = TimeSpan.FromMilliseconds(100), MinRetryAfter = TimeSpan.FromSeconds(3), MaxRetryAfter = TimeSpan.FromSeconds(5) },
            PosteRestante.SipStack.Sip.SipIdentifiers.FromSeed(1));
        var layer = _stack.Transports;
        var flow = new SipFlow(SipTransportKind.Udp, TestStack.Us, TestStack.Them);
        var old = _stack.Loop.Timestamp;
        _stack.Advance(0.2);

        layer.Receive(flow, Parse(Octets(Request("MESSAGE"))), default, old);
        layer.Receive(flow, Parse(Octets(Request("MESSAGE", branch: "z9hG4bK2", callId: "c2"))), default, _stack.Loop.Timestamp);
        _stack.Settle();

        _stack.Peer.Statuses.ShouldBe([503]);
        int.Parse(_stack.Peer.Received[0].GetText(SipHeaderName.RetryAfter)!).ShouldBeInRange(3, 5);
        _stack.User.Requests.Count.ShouldBe(1);
        _stack.Counted["sip.server.shed"].ShouldBe(1);
    }

    [Fact]
    public void Malformed_Answerable_GetsItsStatusStatelessly()
    {
        _stack.Receive(Request("MESSAGE").Replace("CSeq: 1 MESSAGE", "CSeq: 1 INVITE", StringComparison.Ordinal));
        _stack.Receive(Request("MESSAGE").Replace("MESSAGE sip:bob@example.net SIP/2.0", "MESSAGE sip:bob@example.net SIP/7.0", StringComparison.Ordinal));

        _stack.Peer.Statuses.ShouldBe([400, 505]);
        _stack.Peer.Received[0].ReasonPhrase.ToString().ShouldBe("CSeq Method Mismatch");
        _stack.Transactions.ServerTransactionCount.ShouldBe(0);
        _stack.Counted["sip.messages.rejected 400"].ShouldBe(1);
        _stack.User.Requests.ShouldBeEmpty();
    }

    [Fact]
    public void Malformed_Unanswerable_IsDroppedAndCounted()
    {
        _stack.Receive("this is not SIP\r\n\r\n");
        _stack.Receive("SIP/2.0 999 Nonsense\r\n\r\n");
        _stack.Receive(Request("ACK").Replace("From:", "Form:", StringComparison.Ordinal));

        _stack.Peer.Received.ShouldBeEmpty();
        _stack.Counted["sip.messages.dropped unanswerable"].ShouldBe(3);
    }

    [Fact]
    public void KeepAlive_IsPassedOver()
    {
        _stack.Receive("\r\n\r\n");

        _stack.Peer.Received.ShouldBeEmpty();
        _stack.Counted.ShouldBeEmpty();
    }
}
