using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

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
            .Result();
    }
}
