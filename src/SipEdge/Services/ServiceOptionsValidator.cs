using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Services;

/// <summary>Refuses names that cannot stand in a URI.</summary>
public sealed class ServiceOptionsValidator : IValidateOptions<ServiceOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var failures = new OptionFailures(ServiceOptions.SectionName)
            .NotEmpty(nameof(options.Product), options.Product)
            .Require(
                ServiceUris.IsValid($"sip:user@{options.Host}"),
                nameof(options.Host),
                $"is '{options.Host}' but must be a host name or an IP address");
        RequireUris(failures, nameof(options.DeferredUris), options.DeferredUris);
        RequireUris(failures, nameof(options.DeleteUris), options.DeleteUris);
        return failures.Result();
    }

    private static void RequireUris(OptionFailures failures, string key, IEnumerable<string> uris)
    {
        foreach (var uri in uris)
        {
            failures.Require(ServiceUris.IsValid(uri), key, $"has the entry '{uri}', which is not a URI such as sip:Deferred@example.net");
        }
    }
}
