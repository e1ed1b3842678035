using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.Silo.Shutdown;

/// <summary>Refuses deadlines that cannot work.</summary>
public sealed class ShutdownOptionsValidator : IValidateOptions<ShutdownOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ShutdownOptions options) =>
        new OptionFailures(ShutdownOptions.SectionName)
            .InRange(nameof(options.DrainDeadline), options.DrainDeadline, TimeSpan.Zero, Longest)
            .InRange(nameof(options.CloseDeadline), options.CloseDeadline, TimeSpan.FromSeconds(1), Longest)
            .Result();
}
