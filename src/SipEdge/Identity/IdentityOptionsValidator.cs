using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Identity;

/// <summary>Refuses trusted peers that cannot be read.</summary>
public sealed class IdentityOptionsValidator : IValidateOptions<IdentityOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new OptionFailures(IdentityOptions.SectionName);
        foreach (var entry in options.TrustedPeers)
        {
            failures.Require(
                TrustedPeers.IsValid(entry),
                nameof(options.TrustedPeers),
                $"has the entry '{entry}', which is neither an address (192.0.2.7) nor a network (192.0.2.0/24)");
        }

        return failures.Result();
    }
}
