using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Identity;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Accounts;

/// <summary>Refuses a wildcard domain that no trusted core stands in front of.</summary>
public sealed class AccountOptionsValidator(IOptions<IdentityOptions> identity) : IValidateOptions<AccountOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AccountOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(AccountOptions.SectionName)
            .Require(
                options.WildcardDomains.Count == 0 || identity.Value.TrustedPeers.Count > 0,
                nameof(options.WildcardDomains),
                "serves everyone in a domain, which is only safe behind a trusted core: name it in Identity:TrustedPeers")
            .InRange(nameof(options.MaxUsers), options.MaxUsers, 1, 100_000_000)
            .Result();
    }
}
