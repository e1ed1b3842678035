using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;
using PosteRestante.SipStack.Sip.Transports;

namespace PosteRestante.SipEdge.Services;

/// <summary>Refuses a next hop that cannot be sent to.</summary>
public sealed class RoutingOptionsValidator : IValidateOptions<RoutingOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RoutingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(RoutingOptions.SectionName)
            .Require(
                options.NextHop.Length == 0 || NextHop.TryParse(options.NextHop, out _),
                nameof(options.NextHop),
                $"is '{options.NextHop}' but must be an IP address as a URI, such as sip:192.0.2.1:5060;transport=tcp")
            .Require(
                options.NextHopName.Length == 0 || (NextHop.TryParse(options.NextHop, out var hop) && hop.Transport == SipTransportKind.Tls),
                nameof(options.NextHopName),
                $"is '{options.NextHopName}', but only a certificate carries a name: let Routing:NextHop say ;transport=tls, or leave this out")
            .Result();
    }
}
