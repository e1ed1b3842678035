using PosteRestante.Grains.Interfaces.Settings;
using PosteRestante.Protocols.Sip;

namespace PosteRestante.SipEdge.Tests.Push;

/// <summary>PUBLISH while the settings cannot be kept.</summary>
public sealed class PublicationTroubleTests(ServiceWithoutSettings service) : IClassFixture<ServiceWithoutSettings>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Publish_StoreDoesNotConfirm_Gets503AndIsTakenLater(bool throws)
    {
        using var dave = new RawCallee(service, "dave");
        service.Publish = _ => throws ? throw new TimeoutException() : new SettingsPublished { Outcome = SettingsOutcome.StoreUnavailable };
        var refused = await dave.PublishAsync();
        refused.StatusCode.ShouldBe(503);
        refused.Contains(SipHeaderName.RetryAfter).ShouldBeTrue();

        service.Publish = null;
        await dave.PublishedAsync();
    }
}
