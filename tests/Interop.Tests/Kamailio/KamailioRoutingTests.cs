using PosteRestante.TestKit;

namespace PosteRestante.Interop.Tests.Kamailio;

/// <summary>What Kamailio hands to the service behind it, and takes from it: the service is a socket here.</summary>
public sealed class KamailioRoutingTests
{
    [Theory]
    [InlineData("MESSAGE", "bob")]
    [InlineData("INVITE", "bob")]
    [InlineData("INVITE", "Deferred")]
    [InlineData("REFER", "delete")]
    [InlineData("PUBLISH", "alice")]
    public async Task Request_ForTheService_CarriesTheIdentityOfKamailioAlone(string method, string target)
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        using var store = new UdpPeer();
        using var alice = new UdpPeer();
        using var proxy = await KamailioProxy.StartAsync(folder.Path, store.Port);
        await alice.RegisterAsync(proxy, "alice");

        await alice.SendAsync(
            proxy.EndPoint, method, target, "alice", target, "P-Asserted-Identity: <sip:mallory@example.org>", "P-Preferred-Identity: <sip:mallory@example.org>");

        var request = await store.ReceiveAsync($"{method} sip:{target}@example.org ");
        request.ShouldContain("\r\nP-Asserted-Identity: <sip:alice@example.org>\r\n");
        request.ShouldNotContain("mallory");
        request.Contains("\r\nRecord-Route: ", StringComparison.Ordinal).ShouldBe(method == "INVITE");
        await store.AnswerAsync(proxy, request, "403 Forbidden");
        (await alice.ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 403");
    }

    [Fact]
    public async Task Request_OfTheService_GoesToTheContactAndNeverBack()
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        using var store = new UdpPeer();
        using var phone = new UdpPeer();
        using var proxy = await KamailioProxy.StartAsync(folder.Path, store.Port);

        await store.SendAsync(proxy.EndPoint, "INVITE", "bob", "Deferred", "bob");
        (await store.ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 480");

        await phone.RegisterAsync(proxy, "bob");
        await store.SendAsync(proxy.EndPoint, "INVITE", "bob", "Deferred", "bob");
        var request = await phone.ReceiveAsync($"INVITE sip:bob@127.0.0.1:{phone.Port} ");
        request.ShouldContain("\r\nRecord-Route: ");
        await phone.AnswerAsync(proxy, request, "486 Busy Here");
        (await store.ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 486");
        store.IsQuiet.ShouldBeTrue();
    }

    [Theory]
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    [InlineData("ACK")]
    public async Task Request_OfADialogThatDidNotBeginHere_IsNotRelayed(string method)
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        using var store = new UdpPeer();
        using var victim = new UdpPeer();
        using var mallory = new UdpPeer();
        using var proxy = await KamailioProxy.StartAsync(folder.Path, store.Port);

        // As a dialog through this proxy would have it, to whom mallory likes.
        await mallory.SendTextAsync(
            proxy.EndPoint,
            $"{method} sip:victim@127.0.0.1:{victim.Port} SIP/2.0\nVia: SIP/2.0/UDP 127.0.0.1:{mallory.Port};branch=z9hG4bK-m1;rport\nMax-Forwards: 70\n"
            + $"Route: <sip:{proxy.EndPoint};lr>\nFrom: <sip:Deferred@example.org>;tag=a\nTo: <sip:victim@example.org>;tag=b\n"
            + $"Call-ID: forged@example.org\nCSeq: 2 {method}\nContent-Length: 0\n\n");
        if (method != "ACK")
        {
            (await mallory.ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 481");
        }

        // What comes after it has been dealt with shows that it was not passed on.
        await mallory.SendAsync(proxy.EndPoint, "MESSAGE", "bob@example.net", "alice", "bob");
        (await mallory.ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 404");
        victim.IsQuiet.ShouldBeTrue();
        store.IsQuiet.ShouldBeTrue();
    }

    [Theory]
    [InlineData("480 Temporarily Unavailable")]
    [InlineData(null)]
    public async Task Message_ThatARegisteredUserDoesNotTake_GoesToTheService(string? answer)
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        using var store = new UdpPeer();
        using var phone = new UdpPeer();
        using var alice = new UdpPeer();
        using var proxy = await KamailioProxy.StartAsync(folder.Path, store.Port, "ANSWER_TIME=1000");
        await phone.RegisterAsync(proxy, "bob");

        await alice.SendAsync(proxy.EndPoint, "MESSAGE", "bob", "alice", "bob");
        var offered = await phone.ReceiveAsync("MESSAGE ");
        if (answer is not null)
        {
            await phone.AnswerAsync(proxy, offered, answer);
        }

        var request = await store.ReceiveAsync("MESSAGE sip:bob@example.org ");
        request.ShouldContain("\r\nP-Asserted-Identity: <sip:alice@example.org>\r\n");
        await store.AnswerAsync(proxy, request, "202 Accepted");
        (await alice.ReceiveAsync("SIP/2.0 ")).ShouldStartWith("SIP/2.0 202");
    }

    [Theory]
    [InlineData("bob@example.net", "alice", "404")]
    [InlineData("bob", "alice@example.net", "403")]
    public async Task Request_OfAnotherDomain_IsRefused(string target, string from, string status)
    {
        Peers.Require("kamailio");
        using var folder = new TemporaryFolder();
        using var store = new UdpPeer();
        using var alice = new UdpPeer();
        using var proxy = await KamailioProxy.StartAsync(folder.Path, store.Port);

        await alice.SendAsync(proxy.EndPoint, "MESSAGE", target, from, target);
        (await alice.ReceiveAsync("SIP/2.0 ")).ShouldStartWith($"SIP/2.0 {status}");
        store.IsQuiet.ShouldBeTrue();
    }
}
