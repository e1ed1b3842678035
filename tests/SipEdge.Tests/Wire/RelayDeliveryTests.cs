using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Wire;

/// <summary>D12 where the path has a relay that reports nothing: all comes all the same, and nothing counts as delivered.</summary>
public sealed class RelayDeliveryTests(ServiceInTrouble service) : IClassFixture<ServiceInTrouble>, IDisposable
{
    private const string Relay = "msrp://127.0.0.1:2855/relayrelay;tcp";

    private readonly RawSip _sip = new(service.Sip);

    [Fact]
    [Requirement("D12")]
    public async Task Message_WhoseConnectionIsLostBeforeItsReport_IsOfferedAgain()
    {
        await DepositAsync("heidi", "hello");
        using (var call = await RawRetrieval.BeginAsync(service, "heidi", Relay))
        {
            await call.OpenAsync();
            await call.TakeAsync();
            call.Msrp.ShutDown();
            await call.TakeByeAsync();
        }

        using var again = await RawRetrieval.BeginAsync(service, "heidi");
        await again.OpenAsync();
        RawMsrp.Field(await again.TakeAsync(), "Message-ID").ShouldEndWith("1");
        await again.TakeByeAsync();
    }

    [Fact]
    [Requirement("D12")]
    public async Task Messages_ThroughARelayThatNeverReports_AllCome()
    {
        await DepositAsync("ivan", "one", "two", "three", "four", "five", "six", "seven");
        using var call = await RawRetrieval.BeginAsync(service, "ivan", Relay);
        await call.OpenAsync();
        for (var i = 0; i < 7; i++)
        {
            await call.TakeAsync();
        }

        (await call.TakeByeAsync()).TryGet("Reason"u8, out _).ShouldBeFalse();
    }

    public void Dispose() => _sip.Dispose();

    private async Task DepositAsync(string user, params string[] texts)
    {
        foreach (var text in texts)
        {
            (await _sip.ExchangeAsync(_sip.Request(
                "MESSAGE", $"sip:{user}@example.net", "P-Asserted-Identity: <sip:alice@example.net>\nContent-Type: text/plain\n", text)))
                .StatusCode.ShouldBe(202);
        }
    }
}
