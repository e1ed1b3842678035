using System.Net;
using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.Silo.Listeners;

/// <summary>Refuses addresses and ports that cannot be bound, all at once.</summary>
public sealed class ListenerOptionsValidator : IValidateOptions<ListenerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ListenerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var isAddress = IPAddress.TryParse(options.Address, out var address);
        var isAny = isAddress && (address!.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));
        return new OptionFailures(ListenerOptions.SectionName)
            .Require(isAddress, nameof(options.Address), $"is '{options.Address}' but must be an IP address")
            .Require(
                options.AdvertisedAddress.Length == 0 ? !isAny : IPAddress.TryParse(options.AdvertisedAddress, out _),
                nameof(options.AdvertisedAddress),
                "must be the IP address that peers reach the service under; it is needed when Listeners:Address is 0.0.0.0 or ::")
            .InRange(nameof(options.SipPort), options.SipPort, 0, 65535)
            .InRange(nameof(options.MsrpPort), options.MsrpPort, 0, 65535)
            .InRange(nameof(options.SipsPort), options.SipsPort, 0, 65535)
            .InRange(nameof(options.MsrpsPort), options.MsrpsPort, 0, 65535)
            .InRange(nameof(options.HttpPort), options.HttpPort, 0, 65535)
            .Result();
    }
}
