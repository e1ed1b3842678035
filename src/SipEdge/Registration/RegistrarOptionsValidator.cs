using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Registration;

/// <summary>Refuses lifetimes and bounds that cannot be kept.</summary>
public sealed class RegistrarOptionsValidator : IValidateOptions<RegistrarOptions>
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, RegistrarOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(RegistrarOptions.SectionName)
            .InRange(nameof(options.MaxExpires), options.MaxExpires, Least, Most)
            .InRange(nameof(options.MinExpires), options.MinExpires, Least, TimeSpan.FromHours(1)) // RFC 3261 10.3 step 7
            .Require(
                options.MinExpires <= options.DefaultExpires && options.DefaultExpires <= options.MaxExpires,
                nameof(options.DefaultExpires),
                $"is {options.DefaultExpires} but must be from {nameof(options.MinExpires)} to {nameof(options.MaxExpires)}")
            .InRange(nameof(options.MaxBindingsPerUser), options.MaxBindingsPerUser, 1, 1000)
            .InRange(nameof(options.MaxBindings), options.MaxBindings, 1, 10_000_000)
            .Result();
    }
}
