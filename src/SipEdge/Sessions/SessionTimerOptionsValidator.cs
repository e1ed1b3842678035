using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Validation;

namespace PosteRestante.SipEdge.Sessions;

/// <summary>Refuses values of <see cref="SessionTimerOptions"/> that cannot work.</summary>
public sealed class SessionTimerOptionsValidator : IValidateOptions<SessionTimerOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, SessionTimerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new OptionFailures(SessionTimerOptions.SectionName)
            .InRange(nameof(options.MinExpires), options.MinExpires, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1))
            .Result();
    }
}
