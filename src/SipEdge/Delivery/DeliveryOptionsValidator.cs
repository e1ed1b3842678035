using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Delivery;

/// <summary>Refuses values of <see cref="DeliveryOptions"/> that cannot work, all at once.</summary>
public sealed class DeliveryOptionsValidator : IValidateOptions<DeliveryOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, DeliveryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(DeliveryOptions.SectionName)
            .Require(
                options.ConnectTo.All(TrustedPeers.IsValid),
                nameof(options.ConnectTo),
                "must list addresses (192.0.2.7) or networks (192.0.2.0/24)")
            .InRange(nameof(options.PageMessages), options.PageMessages, 1, 1024)
            .InRange(nameof(options.PageOctets), options.PageOctets, 1, 64 * 1024 * 1024)
            .InRange(nameof(options.ConfirmMessages), options.ConfirmMessages, 1, 64)
            .InRange(nameof(options.ReportWait), options.ReportWait, TimeSpan.Zero, TimeSpan.FromMinutes(1))
            .InRange(nameof(options.RelayReportWait), options.RelayReportWait, TimeSpan.Zero, TimeSpan.FromMinutes(10))
            .InRange(nameof(options.StoreRetries), options.StoreRetries, 0, 20)
            .Result();
    }
}
