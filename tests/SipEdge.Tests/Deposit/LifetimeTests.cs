using PosteRestante.SipEdge.Deposit;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Deposit;

public sealed class LifetimeTests
{
    private static readonly DateTimeOffset Receipt = new(2026, 11, 22, 10, 58, 3, TimeSpan.Zero);
    private static readonly DepositOptions Options = new();

    [Fact]
    [Requirement("DM-12.2.2.3-5", "DM-12.2.2.3-5b")]
    public void ExpiresAt_NoExpires_UsesTheDefault() =>
        Lifetime.ExpiresAt(Receipt, null, null, Options).ShouldBe(Receipt + Options.DefaultLifetime);

    [Fact]
    [Requirement("DM-12.2.2.3-5a")]
    public void ExpiresAt_ExpiresBelowTheMaximum_KeepsTheSendersValue() =>
        Lifetime.ExpiresAt(Receipt, 3600, null, Options).ShouldBe(Receipt.AddHours(1));

    [Fact]
    [Requirement("A17", "DM-12.2.2.3-5a")]
    public void ExpiresAt_ExpiresEqualToTheMaximum_KeepsTheSendersValue() =>
        Lifetime.ExpiresAt(Receipt, (long)Options.MaxLifetime.TotalSeconds, null, Options)
            .ShouldBe(Receipt + Options.MaxLifetime);

    [Theory]
    [InlineData(1)]
    [InlineData(4294967295 - (30 * 86400))]
    [Requirement("A18", "DM-12.2.2.3-5b")]
    public void ExpiresAt_ExpiresAboveTheMaximum_UsesTheDefaultNotTheMaximum(long above) =>
        Lifetime.ExpiresAt(Receipt, (long)Options.MaxLifetime.TotalSeconds + above, null, Options)
            .ShouldBe(Receipt + Options.DefaultLifetime);

    [Fact]
    [Requirement("A17")]
    public void ExpiresAt_ExpiresZero_HasExpiredOnReceipt() =>
        Lifetime.ExpiresAt(Receipt, 0, null, Options).ShouldBe(Receipt);

    [Theory]
    [InlineData(-300, -300)]
    [InlineData(300, 300)]
    [InlineData(-301, 0)]
    [InlineData(301, 0)]
    [Requirement("DM-12.2.2.3-5a")]
    public void ExpiresAt_DateOfTheSender_CountsOnlyWithinTheTolerance(int offsetSeconds, int baseSeconds) =>
        Lifetime.ExpiresAt(Receipt, 60, Receipt.AddSeconds(offsetSeconds), Options)
            .ShouldBe(Receipt.AddSeconds(baseSeconds + 60));

    [Fact]
    [Requirement("DM-12.2.2.3-5b")]
    public void ExpiresAt_NoExpires_CountsTheDefaultFromReceiptWhateverTheDate() =>
        Lifetime.ExpiresAt(Receipt, null, Receipt.AddSeconds(-200), Options).ShouldBe(Receipt + Options.DefaultLifetime);
}
