using Microsoft.Extensions.Configuration;
using PosteRestante.Silo.Configuration;

namespace PosteRestante.SipEdge.Tests.Delivery;

public sealed class DeliveryLimitsTests
{
    [Theory]
    [InlineData("Delivery:PageMessages", "65", "Delivery:PageMessages is 65 but must not be above Mailbox:MaxDeliveryPage, 64: a mailbox gives no larger page.")]
    [InlineData("Mailbox:MaxDeliveryPage", "63", "Delivery:PageMessages is 64 but must not be above Mailbox:MaxDeliveryPage, 63: a mailbox gives no larger page.")]
    [InlineData("Msrp:MaxQueuedMessages", "127", "Msrp:MaxQueuedMessages is 127 but must be at least 128: a delivery queues two pages of Delivery:PageMessages.")]
    public void Limits_ThatContradictEachOther_AreRefusedWithASentence(string key, string value, string sentence) =>
        SiloSections.All.Failures(Settings(key, value)).ShouldBe([sentence]);

    [Theory]
    [InlineData("Delivery:PageMessages", "64")]
    [InlineData("Msrp:MaxQueuedMessages", "128")]
    public void Limits_ThatFit_AreTaken(string key, string value) => SiloSections.All.Failures(Settings(key, value)).ShouldBeEmpty();

    private static IConfigurationRoot Settings(string key, string value) =>
        new ConfigurationBuilder().AddInMemoryCollection([new(key, value)]).Build();
}
