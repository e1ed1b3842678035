using PosteRestante.Protocols.Sip;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>Sessions of large messages for which there is no room, and that bring nothing.</summary>
public sealed class LargeDepositRoomTests(ServiceWithLittleRoom service) : IClassFixture<ServiceWithLittleRoom>, IDisposable
{
    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("DM-12.2.2.3-4")]
    public async Task Invite_ToAMailboxThatIsFull_Is480BeforeAnythingIsSent()
    {
        (await _sip.ExchangeAsync(_sip.Request("MESSAGE", "sip:dave@example.net", "Content-Type: text/plain\n", "the only one")))
            .StatusCode.ShouldBe(202);

        var answer = await _sip.ExchangeAsync(_sip.Request(
            "INVITE",
            "sip:dave@example.net",
            $"Contact: <sip:alice@{_sip.Local}>\nP-Asserted-Identity: <sip:alice@example.net>\nContent-Type: application/sdp\n",
            RawDeposit.Offer()));

        answer.StatusCode.ShouldBe(480);
        answer.GetText(SipHeaderName.Warning)!.ShouldContain("the mailbox is full");
    }

    [Fact]
    public async Task Session_InWhichNothingComes_GetsBye()
    {
        using var call = await RawDeposit.OpenAsync(service, "erin");

        await call.TakeByeAsync();
    }

    public void Dispose() => _sip.Dispose();
}
